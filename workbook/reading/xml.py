"""XML from strangers: read as a stream, without document types, entities or anything from outside."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from .package import damaged

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], object]


def _no_document_type(*_args: object) -> None:
    raise damaged()


def parse(chunks: Iterable[bytes], *, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Feed the stream to the handlers; they get tags as written, with their prefix. Raises FileRefused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise damaged() from error


def local(tag: str) -> str:
    """A tag without its prefix: x:row → row."""
    return tag.rpartition(":")[2]
