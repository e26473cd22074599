"""The closed vocabularies: every reason, flag, kind and status that a table may hold.

Those of record linkage are in `match_vocabulary.py`, the degrees of agreement in `agreement.py`, those of enrichment in
`enrich_vocabulary.py` and `quantity_vocabulary.py`.
A member is the stored value, its docstring the published definition. Nothing here is computed.
"""

from enum import StrEnum


class Compression(StrEnum):
    """How the file of a dump was packed."""

    NONE = "none"
    """The file holds the dump as it is."""
    GZIP = "gzip"
    """One or more gzip members."""
    ZSTD = "zstd"
    """One or more Zstandard frames."""
    BZIP2 = "bzip2"
    """One or more bzip2 streams."""
    XZ = "xz"
    """One or more xz streams."""


class Role(StrEnum):
    """What a dump is good for."""

    FEED = "feed"
    """Its listings are papers of the data set."""
    REFERENCE = "reference"
    """Its listings only add values to papers that a feed lists."""


class CapturedFrom(StrEnum):
    """What told when a dump was captured."""

    MANIFEST = "manifest"
    """The manifest beside the dump states it."""
    FILE_NAME = "file_name"
    """A date in the name of the file."""
    MTIME = "mtime"
    """The modification time of the file."""


class DumpStatus(StrEnum):
    """What became of a dump."""

    READ = "read"
    """Its records are in `listings`, each accepted or rejected on its own."""
    REJECTED = "rejected"
    """No record could be read from it; `reason` says why."""


class DumpReason(StrEnum):
    """Why a whole dump was turned away."""

    EMPTY_FILE = "empty_file"
    """The file holds no text at all."""
    BINARY_FILE = "binary_file"
    """The content is not text: a picture, an archive, a program."""
    UNKNOWN_FORMAT = "unknown_format"
    """The content is text, but no reader recognises it."""
    UNSUPPORTED_ENCODING = "unsupported_encoding"
    """The text is in an encoding other than UTF-8, such as UTF-16."""
    DAMAGED_ARCHIVE = "damaged_archive"
    """The compressed file ends early or fails its checksum."""
    TOO_LARGE = "too_large"
    """The content exceeds the size limit, or unpacks to a suspicious multiple of the file's size."""
    UNREADABLE = "unreadable"
    """The operating system would not open or read the file."""
    NO_RECORDS = "no_records"
    """The format is known, but the dump holds no record."""
    ERROR_ANSWER = "error_answer"
    """The dump is an error message of the service that was asked."""
    MALFORMED_SYNTAX = "malformed_syntax"
    """The format is known, but the dump breaks its syntax before the first record."""
    ENCRYPTED_ARCHIVE = "encrypted_archive"
    """The archive asks for a password."""
    UNSAFE_MEMBER = "unsafe_member"
    """The member of an archive has a path outside the archive, or is a link or a device."""


class RejectReason(StrEnum):
    """Why a record was turned away."""

    UNPAIRED_PARAGRAPH = "unpaired_paragraph"
    """A paragraph has no partner: a title without an abstract, or a stray line in a header."""
    SHIFTED_PAIRS = "shifted_pairs"
    """An extra or missing paragraph shifted titles against abstracts from here to the end of the page."""
    TRUNCATED_RECORD = "truncated_record"
    """The dump ends in the middle of this record."""
    INVALID_ENCODING = "invalid_encoding"
    """The bytes of the record are not valid UTF-8; which characters they stood for cannot be told."""
    RECORD_TOO_LARGE = "record_too_large"
    """A paragraph of the record exceeds the size limit; only its beginning is kept."""
    MALFORMED_RECORD = "malformed_record"
    """The record breaks the syntax of its format, so that its fields cannot be told apart."""
    DUPLICATE_KEYS = "duplicate_keys"
    """The record states one of its fields twice; which of the two holds cannot be told."""
    DELETED_RECORD = "deleted_record"
    """The source says that it has withdrawn the record; it carries no fields."""
    REMOVED = "removed"
    """Its paper was taken down; the record keeps its place, and nothing of what it said."""
    NOT_A_WORK = "not_a_work"
    """The record describes something that is no work: a person, a journal, an index of names."""
    EMPTY_TITLE = "empty_title"
    """The title has no letter or digit after cleaning."""
    TITLE_TOO_LONG = "title_too_long"
    """The title has more than 500 characters: an abstract in the title's place."""
    EMPTY_ABSTRACT = "empty_abstract"
    """The abstract is there but has no letter or digit after cleaning."""
    ABSTRACT_TOO_LONG = "abstract_too_long"
    """The abstract has more than 20,000 characters: more than one record in the abstract's place."""
    ABSTRACT_IS_TITLE = "abstract_is_title"
    """The abstract only repeats the title."""


class Stage(StrEnum):
    """A step of the pipeline, in the order of the flow."""

    PARSE = "parse"
    """From dumps to listings."""
    VALIDATE = "validate"
    """From listings to clean listings."""
    DEDUPE = "dedupe"
    """From clean listings to papers."""
    ENRICH = "enrich"
    """From papers to what is known about them."""
    PUBLISH = "publish"
    """From tables to the file that people query."""


class Flag(StrEnum):
    """What a reader of a text should know: damage that was seen and not repaired."""

    MATH_LOSS = "math_loss"
    """A formula lost an operator that the text alone cannot give back: a root, a fraction, a hat."""
    MATH_RESIDUE = "math_residue"
    """A remainder of LaTeX is left in the text and no rule was certain what it stood for."""
    TRUNCATED_END = "truncated_end"
    """The abstract stops before its end."""
    TRUNCATED_START = "truncated_start"
    """The abstract begins after its start."""
    COLLAPSED_DASH = "collapsed_dash"
    """A hyphen between two words is probably an em dash of the source."""
    DOUBLED_WORD = "doubled_word"
    """A word stands twice in a row where once was probably meant."""
    GLUED_NAME = "glued_name"
    """A model name with its size probably lost a separator."""
    GLUED_WORDS = "glued_words"
    """Two words probably lost the space between them."""
    LOST_BRACKET = "lost_bracket"
    """A bracket or brace has no partner."""
    LEAKED_COMMENT = "leaked_comment"
    """A comment of the LaTeX source, or its sign, stood in the text and was taken out."""
    REPLACEMENT_CHARACTER = "replacement_character"
    """A character was already lost in the source and replaced by a placeholder."""


class RuleFamily(StrEnum):
    """What a cleaning rule is for."""

    RESTORE = "restore"
    """Undoes what rendering and copying did to the text."""
    TIDY = "tidy"
    """Sets quotation marks, dashes and spaces."""


class RecordType(StrEnum):
    """What kind of record a listing is."""

    ARTICLE = "article"
    """A research paper: the default."""
    SURVEY = "survey"
    """A survey, review, overview or tutorial of other work, by its title."""
    THESIS = "thesis"
    """A dissertation or thesis."""
    ERRATUM = "erratum"
    """A correction, erratum or retraction of another paper."""
    FRONT_MATTER = "front_matter"
    """An editorial, preface, foreword or table of contents."""
    PROCEEDINGS = "proceedings"
    """A whole volume of proceedings."""


class DatePrecision(StrEnum):
    """How much of a date the source states; what it leaves open is the first of January or of the month."""

    YEAR = "year"
    """The year alone."""
    MONTH = "month"
    """Year and month."""
    DAY = "day"
    """Year, month and day."""
