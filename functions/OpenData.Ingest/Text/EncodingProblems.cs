using OpenData.Lake;

namespace OpenData.Ingest.Text;

/// <summary>What may be wrong with a file's encoding as a whole.</summary>
internal static class EncodingProblems
{
    public static Problem Uncertain(TextEncoding encoding) => new(
        "encoding-uncertain",
        Severity.Warning,
        $"The file was read as {encoding.Name}; its bytes could also be {string.Join(" or ", encoding.Alternatives)}.",
        "Save the file as UTF-8; or declare its encoding in dataset.json.")
    { Line = 1, Action = $"It was published as {encoding.Name} text." };
}
