"""Reads every template of a folder with OpenStack's tosca-parser, unchanged. Prints `ok <file>`; ends with 1 where one is refused."""

import logging
import pathlib
import sys

from toscaparser.common.exception import TOSCAException, ValidationError
from toscaparser.tosca_template import ToscaTemplate

logging.disable(logging.CRITICAL)
refused = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    try:
        template = ToscaTemplate(str(path), parsed_params=None)
        print(f"ok {path.name}: {len(template.nodetemplates)} node templates")
    except (TOSCAException, ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        refused += 1
        print(f"REFUSED {path.name}: {error}")
sys.exit(1 if refused else 0)
