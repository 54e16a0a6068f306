"""The order of updates: which one may follow what is known of a catalog version."""


def out_of_sequence(prev_version: int | None, known: int) -> str | None:
    """Why an update has to wait, or None.

    `known` counts the updates read since the last whole catalog; `prev_version` is what the
    sender believes about it (both start at 0, every update of either kind adds 1).
    """
    if prev_version is None or prev_version == known:
        return None
    if prev_version < known:
        return (
            f"Diese Aktualisierung folgt auf Stand {prev_version}, eingelesen ist schon Stand "
            f"{known}. Sie wurde vermutlich schon eingelesen; geändert wurde nichts."
        )
    missing = prev_version - known
    fehlen = "fehlt eine andere" if missing == 1 else f"fehlen {missing} andere"
    return (
        f"Vor dieser Aktualisierung {fehlen}: Sie folgt auf Stand {prev_version}, "
        f"eingelesen ist Stand {known}. Bitte lesen Sie zuerst die fehlenden ein."
    )
