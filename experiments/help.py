"""What ``stockout-sim --help`` says."""

from __future__ import annotations

from omegaconf import OmegaConf

from experiments.library import Library
from experiments.locations import config_folder

_HELP = """\
usage: stockout-sim [options] [setting=value ...]

Runs a study: the same futures met by every point of a sweep, with charts and a report at the end.
Without settings it runs study=safety_stock_and_suppliers.

examples
  stockout-sim study=policy_comparison
  stockout-sim study=policy_comparison plan=s_S,R_S replications=50 jobs=4 name=two_policies
  stockout-sim study=lead_time_variability market.lanes.*.lead_time.cv=0.2,0.8
  stockout-sim study=what_if market=gift_shop plan/safety_stock=days_of_cover plan.safety_stock.days=0,7,14

settings (values and sweeps in Hydra's syntax: 1,2,3  range(0,10,2)  choice(a,b)  glob(*)  {{kind: gamma, mean: 5}})
  setting=value          sets it, whether or not the settings files name it; ~setting takes it out
  setting=a,b,c          tries each value: a point of the study for every combination; wins over the study's sweep
  *                      in place of a name stands for all: market.segments.*.loyalty=strikes
  replications=20  seed=1  warm_up_days=30  engine=auto  jobs=null  name=null  overwrite=false  output=results
  languages=[en,zh]  audit=true  keep_ledgers=false  report=true  baseline.SETTING=value

studies
{studies}

files to choose from
{groups}

options
  -h, --help             this text
  --version              the version of the simulator
  --cfg                  print the settings, the market and the base plan that would be run, and stop
  -cd, --config-dir DIR  a folder with market/, plan/ or study/ files of your own; ./configs is searched anyway
  -m, --multirun         accepted and not needed: a sweep is recognised by its values
"""


def help_text(library: Library) -> str:
    """Usage, examples, the studies with their first line, and what can be chosen."""
    studies = "\n".join(f"  {name:<28} {_first_line('study', name)}" for name in library.options("study"))
    groups = "\n".join(
        f"  {group:<22} {', '.join(library.options(group))}" for group in library.groups() if group != "study"
    )
    return _HELP.format(studies=studies, groups=groups)


def _first_line(group: str, name: str) -> str:
    """The English title of a study; empty for a user's own, which need not have one."""
    file = config_folder() / group / f"{name}.yaml"
    title = OmegaConf.select(OmegaConf.load(file), "title.en") if file.is_file() else None
    return str(title or "")
