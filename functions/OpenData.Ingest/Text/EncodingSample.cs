using System.Runtime.InteropServices;

namespace OpenData.Ingest.Text;

/// <summary>Collects lines beyond ASCII of a file, by which its encoding is judged, and counts the words of UTF-8 and of CP949.</summary>
internal sealed class EncodingSample
{
    /// <summary>Bytes of lines that are enough to tell encodings apart.</summary>
    private const int Enough = 1 << 16;

    /// <summary>Longer lines and words are taken in pieces of so many bytes.</summary>
    private const int LongestPiece = 1 << 10;

    private readonly List<byte> _lines = [], _line = [], _word = [];
    private bool _lineIsBeyondAscii, _wordIsBeyondAscii;

    /// <summary>The lines, with their ends.</summary>
    public ReadOnlySpan<byte> Lines => CollectionsMarshal.AsSpan(_lines);

    /// <summary>Words that hold characters of three bytes or more in UTF-8, as Hangul is.</summary>
    public long Utf8Words { get; private set; }

    /// <summary>Words that are mostly common Hangul in CP949, and none in UTF-8.</summary>
    public long Cp949Words { get; private set; }

    /// <summary>Words that are in neither.</summary>
    public long UnknownWords { get; private set; }

    /// <summary>Takes the next bytes of the file.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (_lines.Count < Enough)
            {
                _line.Add(b);
                _lineIsBeyondAscii |= b >= 0x80;
                if (b == '\n' || _line.Count == LongestPiece) EndLine();
            }

            if (WordEvidence.IsOfWord(b) && _word.Count < LongestPiece)
            {
                _word.Add(b);
                _wordIsBeyondAscii |= b >= 0x80;
            }
            else if (_word.Count > 0)
            {
                EndWord();
            }
        }
    }

    /// <summary>Ends the last line and word.</summary>
    public void Finish()
    {
        EndLine();
        EndWord();
    }

    private void EndLine()
    {
        if (_lineIsBeyondAscii) _lines.AddRange(_line);
        _line.Clear();
        _lineIsBeyondAscii = false;
    }

    private void EndWord()
    {
        if (_wordIsBeyondAscii)
        {
            var encoding = WordEvidence.Of(CollectionsMarshal.AsSpan(_word));
            Utf8Words += encoding == WordEncoding.Utf8 ? 1 : 0;
            Cp949Words += encoding == WordEncoding.Cp949 ? 1 : 0;
            UnknownWords += encoding == WordEncoding.Unknown ? 1 : 0;
        }

        _word.Clear();
        _wordIsBeyondAscii = false;
    }
}
