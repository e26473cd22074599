"""The closed vocabularies of quantities: what abstracts state in numbers, in which unit, and which way it goes.

A member is the stored value, its docstring the published definition, as in `vocabulary.py`. Nothing here is computed.
"""

from enum import StrEnum


class QuantityKind(StrEnum):
    """What a quantity measures."""

    PARAMETERS = "parameters"
    """Parameters of a model."""
    TOKENS = "tokens"
    """Tokens: of training data, of an input or output, of a representation."""
    CONTEXT_LENGTH = "context_length"
    """The longest sequence that a model takes, or the length of the sequences it was trained on."""
    PERCENTAGE = "percentage"
    """A share, a score or a difference in percent, percentage points or points of a score."""
    FACTOR = "factor"
    """How many times as large, as small, as fast something is."""
    CHANGE = "change"
    """From one value to another; low and high are the smaller and the larger of the two, direction says which way."""
    MONEY = "money"
    """An amount of money."""
    COMPUTE = "compute"
    """Machine time, or a number of operations."""
    ITEMS = "items"
    """How many images, pairs, questions or the like a collection holds."""


class QuantityUnit(StrEnum):
    """The unit of a quantity; its numbers have all scales (thousand, K, billion, G) multiplied out."""

    PARAMETER = "parameter"
    """Parameters."""
    TOKEN = "token"  # noqa: S105 - no password
    """Tokens."""
    PERCENT = "percent"
    """Per cent."""
    PERCENTAGE_POINT = "percentage_point"
    """Difference of two percentages."""
    POINT = "point"
    """Points of the score that the subject names."""
    TIMES = "times"
    """Factor; an order of magnitude is 10."""
    USD = "usd"
    """Dollars of the United States, or dollars without a country."""
    EUR = "eur"
    """Euros."""
    GBP = "gbp"
    """Pounds sterling."""
    CNY = "cny"
    """Yuan."""
    JPY = "jpy"
    """Yen."""
    INR = "inr"
    """Indian rupees."""
    GPU_HOUR = "gpu_hour"
    """One GPU for an hour."""
    GPU_DAY = "gpu_day"
    """One GPU for a day."""
    GPU_YEAR = "gpu_year"
    """One GPU for a year."""
    TPU_HOUR = "tpu_hour"
    """One TPU for an hour."""
    TPU_DAY = "tpu_day"
    """One TPU for a day."""
    TPU_YEAR = "tpu_year"
    """One TPU for a year."""
    CPU_HOUR = "cpu_hour"
    """One processor or core for an hour."""
    CPU_DAY = "cpu_day"
    """One processor or core for a day."""
    CPU_YEAR = "cpu_year"
    """One processor or core for a year."""
    FLOP = "flop"
    """Floating-point operations."""
    FLOP_PER_SECOND = "flop_per_second"
    """Floating-point operations in a second."""
    MAC = "mac"
    """Multiply-accumulate operations."""
    ITEM = "item"
    """Pieces of what the subject names."""


class QuantityQualifier(StrEnum):
    """How exactly the text states a quantity; without one, it states it as it is."""

    APPROXIMATELY = "approximately"
    """About, around, roughly, nearly, almost, ~."""
    AT_LEAST = "at_least"
    """No less than it."""
    AT_MOST = "at_most"
    """No more than it."""
    MORE_THAN = "more_than"
    """Over, above, exceeding, >."""
    LESS_THAN = "less_than"
    """Under, below, fewer than, <."""
    UP_TO = "up_to"
    """The best or the most of several cases."""


class QuantityDirection(StrEnum):
    """What a percentage, a factor or a change says of its subject."""

    SCORE = "score"
    """It is the value that a metric reached."""
    GAIN = "gain"
    """Something rose by it: faster, larger, better, more."""
    REDUCTION = "reduction"
    """Something fell by it: smaller, cheaper, fewer, less."""
    SHARE = "share"
    """It is a part of a whole."""
