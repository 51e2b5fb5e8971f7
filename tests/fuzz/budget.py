"""How much is asked: in CI what there is time for, by ``make fuzz`` twenty times as much with new seeds."""

import os

# Cases for each operation.
EXAMPLES = int(os.environ.get("THUOCDO_FUZZ_EXAMPLES", "50"))
IN_CI = "THUOCDO_FUZZ_EXAMPLES" not in os.environ
