"""The process (data/workflow) and the routes of the API name each other."""

import re
import tomllib

from source_tree import Defect

PROCESS = "data/workflow/individual.toml"
ROUTES = "tests/golden/routes.txt"
# What changes no file of a case by an action of the process, with the reason.
NO_ACTION = {
    "POST /api/cases/packages": "an export",
    "POST /api/applications/packages": "an export",
    "POST /api/cases/releases": "several releases, each by its action",
    "POST /api/cases/assignments": "several assignments, each by its action",
    "POST /api/applications/assignments": "several assignments, each by its action",
    "POST /api/applications/{id}/notes": "a note in one's own file",
    "POST /api/cases/{id}/word-clearances": "an answer for words of one text; the case stays where it is",
    "POST /api/cases/{id}/messages": "a message, no step of the case",
    "POST /api/applications/{id}/messages": "a message, no step of the case",
}
LINE = re.compile(r"^(GET|POST|PUT|PATCH|DELETE)\s+(\S+)\s+(.*?)\s*\*?$")


def read_routes(text):
    """"METHOD /path" → who may call it."""
    found = (LINE.match(line) for line in text.splitlines())
    return {f"{one[1]} {one[2]}": one[3] for one in found if one}


def check_routes_of_process(tree):
    """Every act of a person has its route with the same permission; every route that changes a case is an act of the process."""
    if PROCESS not in tree.files or ROUTES not in tree.files:
        return []
    routes = read_routes(tree.read(ROUTES))
    process = tomllib.loads(tree.read(PROCESS))
    parts = [process] + [tomllib.loads(tree.read(f"data/workflow/{more}.toml")) for more in process.get("continued_by", [])]
    actions = [one for part in parts for one in part.get("action", []) if one["by"] == "person"]
    found = []
    for action in actions:
        name = f"{action['side']} {action['code']}"
        route = action.get("route")
        if route is None:
            found.append(Defect(PROCESS, 0, f"{name} has no route: an act that nobody can do is no part of the process"))
        elif route not in routes:
            found.append(Defect(PROCESS, 0, f"{name} names {route}, which is not among the routes"))
        elif routes[route] != action["permission"]:
            found.append(Defect(PROCESS, 0, f"{name} needs {action['permission']}, its route {routes[route]}"))
    named = {action.get("route") for action in actions} | set(NO_ACTION)
    for route in routes:
        method, path = route.split(" ")
        of_a_case = path.startswith(("/api/cases", "/api/applications"))
        if method != "GET" and of_a_case and route not in named:
            found.append(Defect(ROUTES, 0, f"{route} is no act of the process and not among those that need none"))
    return found
