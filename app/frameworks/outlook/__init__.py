"""When a ceiling will be exhausted, told and watched."""
