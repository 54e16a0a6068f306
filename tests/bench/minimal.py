"""M: the least that FastAPI and Jinja can do, for comparison."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

PAGE = Environment(autoescape=True).from_string(
    "<!DOCTYPE html><html lang=de><title>M</title><main><h1>{{ q }}</h1><p>{{ page }}</main></html>"
)
app = FastAPI(openapi_url=None)


@app.get("/")
async def minimal(q: str = "", page: int = 1) -> HTMLResponse:
    return HTMLResponse(PAGE.render(q=q, page=page))
