using System.Text;
using OpenData.DuckDb;
using OpenData.Ingest.Formats;
using OpenData.Lake;

namespace OpenData.Ingest.Checking;

/// <summary>Writes the parts of a conversion as one file that people can open.</summary>
internal static class PublishedOutput
{
    /// <summary>Writes the rows of all parts, in order; without parts, what is left of a table that has no rows.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="format">How.</param>
    /// <param name="fields">The fields of the parts; none of a file that holds nothing.</param>
    /// <param name="header">Whether CSV begins with the labels.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task WriteAsync(
        string path,
        OutputFormat format,
        IReadOnlyList<Field> fields,
        bool header,
        IReadOnlyList<string> parts,
        CancellationToken cancellation)
    {
        if (fields.Count == 0 || parts.Count == 0 && format != OutputFormat.Parquet)
        {
            await File.WriteAllTextAsync(
                path, format == OutputFormat.Csv && header && fields.Count > 0 ? Header(fields) : "", cancellation);
            return;
        }

        if (format == OutputFormat.Parquet && parts is [var only])
        {
            File.Copy(only, path, overwrite: true);
            return;
        }

        // One thread keeps the order of rows without holding them all; nothing in the statement is text of the file.
        var columns = Columns(fields).Select(field => Column(field, format)).ToList();
        // An absent value alone in its row would be an empty line, which readers of CSV pass over.
        if (format == OutputFormat.Csv && columns.Count == 1) columns = [$"coalesce({Sql.Identifier(fields[0].Name)}::VARCHAR, '')"];
        var rows = parts.Count > 0
            ? $"read_parquet([{string.Join(", ", parts.Select(Sql.Literal))}])"
            : $"(SELECT {string.Join(", ", Columns(fields).Select(field => $"'' AS {Sql.Identifier(field.Name)}"))} LIMIT 0)";
        var copy =
            $"COPY (SELECT {string.Join(", ", columns)} FROM {rows}) TO {Sql.Literal(path)} "
            + $"({Options(format, header ? Header(fields) : "")})";
        await Task.Run(
            () =>
            {
                using var connection = DuckDbFile.Shared.Connect();
                try
                {
                    connection.Execute(copy, cancellation);
                }
                catch (StatementException fault)
                {
                    throw new IOException($"The output '{path}' could not be written: {fault.Message}", fault);
                }
            }, cancellation);
    }

    /// <summary>The first rows of a part, each value as text.</summary>
    public static IReadOnlyList<IReadOnlyList<string?>> FirstRows(IReadOnlyList<Field> fields, string part, CancellationToken cancellation)
    {
        const int most = 5;
        var columns = Columns(fields).Select(field => $"{Sql.Identifier(field.Name)}::VARCHAR");
        using var connection = DuckDbFile.Shared.Connect();
        var result = connection.Query(
            $"SELECT {string.Join(", ", columns)} FROM read_parquet({Sql.Literal(part)}) LIMIT {most}", cancellation);
        return [.. result.Rows.Select(row => row.Select(value => value as string).ToList())];
    }

    private static string Column(Field field, OutputFormat format)
    {
        var name = Sql.Identifier(field.Name);
        if (format == OutputFormat.Parquet) return name;
        return field.Type switch
        {
            FieldType.DateTime => $"{DuckDbFile.AsText(name, "TIMESTAMP")} AS {name}",
            FieldType.Instant => $"{DuckDbFile.AsText(name, "TIMESTAMP WITH TIME ZONE")} AS {name}",
            FieldType.Json when format == OutputFormat.Ndjson => $"{name}::JSON AS {name}",
            _ => name,
        };
    }

    private static IEnumerable<Field> Columns(IReadOnlyList<Field> fields) => fields.Where(field => field.Type != FieldType.GeoPoint);

    private static string Options(OutputFormat format, string header) => format switch
    {
        OutputFormat.Parquet => "FORMAT parquet, COMPRESSION zstd",
        OutputFormat.Ndjson => "FORMAT json",
        // Labels need not be unique and a statement's columns must be, so the header is written before the rows.
        _ when header.Length == 0 => "FORMAT csv, HEADER false",
        _ => $"FORMAT csv, HEADER false, PREFIX {Sql.Literal(header)}, SUFFIX '\n'",
    };

    private static string Header(IReadOnlyList<Field> fields)
    {
        var header = new StringBuilder();
        foreach (var field in Columns(fields))
        {
            if (header.Length > 0) header.Append(',');
            var label = field.Label.Replace("\0", "", StringComparison.Ordinal); // a statement ends at one
            var quoted = label.AsSpan().IndexOfAny(",\"\r\n") >= 0 || label.Length == 0 || label != label.Trim();
            header.Append(quoted ? $"\"{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : label);
        }

        return header.Append('\n').ToString();
    }
}
