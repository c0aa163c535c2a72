"""How templates are found and what every one of them may use."""

from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from web.answers import component, icon
from web.fast_escape import FastEnvironment
from web.filters import add_filters
from web.static_files import asset

HERE = Path(__file__).parent


def environment() -> FastEnvironment:
    """Names say where a file lies: templates/<noun>/<page>.html, components/<name>.html."""
    made = FastEnvironment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.update(component=component, asset=asset, icon=icon)
    add_filters(made)
    return made


def templates() -> TemplateConfig[JinjaTemplateEngine]:
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment()))
