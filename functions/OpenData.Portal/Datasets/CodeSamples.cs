using System.Text.Json;

namespace OpenData.Portal.Datasets;

/// <summary>Programs that ask the API a question, ready to be copied.</summary>
internal static class CodeSamples
{
    /// <summary>A program in each language.</summary>
    /// <param name="records">The whole address of the question for records.</param>
    /// <param name="csv">The whole address of all of its results as CSV with commas.</param>
    /// <param name="parquet">The whole address of all of its results as Parquet.</param>
    public static IReadOnlyList<CodeSample> Of(string records, string csv, string parquet) =>
    [
        new("curl", $"curl {Shell(records)}\ncurl {Shell(csv)} -o data.csv"),
        new("Python", $"import pandas as pd\n\ndata = pd.read_csv({Quoted(csv)})\nprint(data.head())"),
        new("R", $"data <- read.csv({Quoted(csv)}, fileEncoding = \"UTF-8-BOM\")\nhead(data)"),
        new(
            "JavaScript",
            $"const answer = await fetch({Quoted(records)});\n"
            + "const { total_count, results } = await answer.json();\nconsole.table(results);"),
        new("Power Query", $"= Csv.Document(Web.Contents({M(csv)}), [Delimiter = \",\", Encoding = 65001])"),
        new("DuckDB", $"SELECT * FROM read_parquet({Sql(parquet)}) LIMIT 10;"),
    ];

    private static string Quoted(string text) => JsonSerializer.Serialize(text, OpenDataJson.Options);

    private static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Sql(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string M(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
