using System.Diagnostics;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.Ingest.Csv;
using OpenData.Ingest.Formats;
using OpenData.Ingest.Profiling;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Ingest.Text;
using OpenData.Ingest.Typing;
using OpenData.Ingest.Workbooks;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>
/// The pipeline: a file in, typed Parquet parts out, with everything that was noticed on the way. It knows no storage; ingest
/// and the command <c>check</c> both call it.
/// </summary>
/// <remarks>
/// It is optimistic: encoding and types are guessed from the beginning of the file, and the parts are written as if the guess were right, while
/// every byte and every value is checked against it. Nearly always one reading is enough. Where a guess fails, what was written is
/// discarded, the whole file is looked at, and written again with what is then known and cannot fail.
/// </remarks>
internal static class Conversion
{
    /// <summary>
    /// The version of how files are read. It grows when the same file comes to have other labels, rows or types; versions tell by it
    /// whether they differ from a new file by its content or by how it is read.
    /// </summary>
    public const int ReaderVersion = 1;

    /// <summary>Rows from which types are guessed.</summary>
    private const int SampleRows = 20_000;

    /// <summary>Converts a file. Throws only for faults of reading or writing that a retry may mend, never for bad data.</summary>
    /// <param name="source">The file.</param>
    /// <param name="metadata">What the agency declares about it.</param>
    /// <param name="previousFields">The fields of the dataset's current version, whose names are kept for the same labels; null if there is none.</param>
    /// <param name="sink">Takes the parts.</param>
    /// <param name="options">Differences between publishing and checking.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<ConversionResult> RunAsync(
        SourceContent source,
        DatasetMetadata metadata,
        IReadOnlyList<Field>? previousFields,
        IPartSink sink,
        ConversionOptions options,
        CancellationToken cancellation)
    {
        var declaration = metadata.Ingest ?? new IngestDeclaration();
        var result = new ConversionResult { Published = false, IsProtected = declaration.Fields.Any(field => field.Protect is not null) };
        if (options.PseudonymKey is null && declaration.Fields.Any(field => field.Protect == Protection.Hash))
        {
            return result with { Problems = [DisclosureProblems.NoSecret], ProblemCount = 1 };
        }

        try
        {
            using var recognized = SourceFormats.Recognize(source, metadata.Ingest);
            if (recognized.Records is { } records)
            {
                result = result with
                {
                    Format = records.Format + recognized.Container,
                    Encoding = records.Encoding,
                    Sheet = (records as WorkbookRecordSource)?.SheetName,
                };
                return await ConvertAsync(records, width: 0, declaration, previousFields, sink, options, result, cancellation);
            }

            var encoding = declaration.Encoding is { } declared ? TextEncoding.Named(declared) : null;
            var guessed = encoding is null ? EncodingDetection.Guess(recognized.Content) : null;
            encoding ??= guessed ?? EncodingDetection.Decide(recognized.Content);
            try
            {
                return await ConvertTextAsync(encoding, guessed is not null);
            }
            catch (WrongEncodingException)
            {
                await sink.DiscardAllAsync(cancellation);
                return await ConvertTextAsync(EncodingDetection.Decide(recognized.Content), guessed: false);
            }

            Task<ConversionResult> ConvertTextAsync(TextEncoding encoding, bool guessed)
            {
                var (dialect, width) = DialectDetection.Detect(
                    () => new Utf8Text(recognized.Content.Open(), encoding, guessed, new ProblemLog()),
                    declaration.Delimiter,
                    declaration.Comment);
                if (declaration.Delimiter is null
                    && AlignedSource.Find(recognized.Content, encoding, guessed, dialect, width) is { } aligned)
                {
                    result = result with { Format = aligned.Format + recognized.Container, Encoding = encoding.Name };
                    return ConvertAsync(aligned, 0, declaration, previousFields, sink, options, result, cancellation);
                }

                var text = new CsvSource(recognized.Content, encoding, guessed, dialect, width);
                result = result with { Format = text.Format + recognized.Container, Encoding = encoding.Name, Dialect = dialect };
                return ConvertAsync(text, width, declaration, previousFields, sink, options, result, cancellation);
            }
        }
        catch (UnreadableSourceException unreadable)
        {
            return result with { Problems = [unreadable.Problem], ProblemCount = 1 };
        }
    }

    private static async Task<ConversionResult> ConvertAsync(
        RecordSource records,
        int width,
        IngestDeclaration declaration,
        IReadOnlyList<Field>? previousFields,
        IPartSink sink,
        ConversionOptions options,
        ConversionResult result,
        CancellationToken cancellation)
    {
        var problems = new ProblemLog();
        var watch = Stopwatch.StartNew();
        try
        {
            if (declaration.Footer > 0) records = new FooterSource(records, declaration.Footer);
            var table = TableDetection.Detect(records, width, declaration);
            if (declaration.Unpivot is { } unpivot && table.Width > 0)
            {
                records = new UnpivotedSource(records, table, unpivot);
                table = TableDetection.Detect(records, width: 0) with { Preamble = table.Preamble };
            }

            if (table.Width == 0)
            {
                problems.Add(ConversionProblems.Empty);
                return result with { ReadWhole = true, Problems = problems.Kept, ProblemCount = problems.Count };
            }

            if (table.Width > TableLimits.Columns)
                throw TableLimits.TooManyColumns(table.Width, table.HeaderLine);

            result = result with { HeaderRow = table.HeaderLine, HeaderRows = table.HeaderRows, HasHeader = table.HasHeader };
            if (declaration.Fields.FirstOrDefault(field =>
                field.Protect is not null && !table.Labels.Contains(field.Column)) is { } missing)
            {
                problems.Add(DisclosureProblems.NoColumn(missing.Column));
                return result with { Problems = problems.Kept, ProblemCount = problems.Count };
            }

            var plan = new ColumnPlan(table, declaration, previousFields, records.EndsWithLastCell, options);
            plan.Learn(records, SampleRows, cancellation);
            if (records.TakeNews()) plan.Learn(records, SampleRows, cancellation);
            PartsWritten written;
            try
            {
                written = await PartsWriter.WriteAsync(records, plan, problems, sink, cancellation);
                if (records.TakeNews() || plan.IsContradicted) throw new WrongTypeException();
            }
            catch (WrongTypeException)
            {
                (problems, written) = await WriteAgainAsync(plan);
            }

            if (written.Misfits.Columns.Count > 0 && plan.EmptiesMisfits)
            {
                written.Misfits.Report(problems, "The field is empty in this row.");
            }
            else if (written.Misfits.Many(written.Rows).ToList() is { Count: > 0 } many)
            {
                problems = new ProblemLog();
                problems.Add(ConversionProblems.WrongDeclaration([.. many.Select(column => table.Labels[column])]));
                written.Misfits.Report(problems, "Nothing was published.");
                return result with { ReadWhole = true, Problems = problems.Kept, ProblemCount = problems.Count };
            }
            else if (written.Misfits.Columns.Count > 0)
            {
                var misfits = written.Misfits;
                plan.Refuse(misfits.Columns);
                (problems, written) = await WriteAgainAsync(plan);
                misfits.Report(problems, "The column is published as text, each value as it is written.");
            }

            plan.Report(problems);
            ConversionProblems.AddHeader(problems, table);
            if (written.Rows == 0) problems.Add(ConversionProblems.NoRows(table));

            if (written.Findings.Any(DisclosureProblems.Stops))
            {
                return result with
                {
                    ReadWhole = true,
                    Fields = plan.Fields,
                    Problems = [.. DisclosureProblems.Of(written.Findings), .. DisclosureProblems.WithoutValues(problems.Kept)],
                    ProblemCount = problems.Count + written.Findings.Count,
                };
            }

            foreach (var problem in DisclosureProblems.Of(written.Findings)) problems.Add(problem);
            List<PointDeclaration> declaredPoints = [.. declaration.Points.Where(point => point.System is null), .. records.Points, .. plan.Points];
            var points = options.AllText
                ? []
                : PointFields.Of(plan.Fields, written.Summaries, declaredPoints, inferred: !table.IsCrossTable, problems);
            return result with
            {
                Published = written.Rows > 0,
                ReadWhole = true,
                Fields = [.. plan.Fields, .. points],
                Rows = written.Rows,
                PartRows = written.PartRows,
                Profile = JsonSerializer.SerializeToElement(
                    DataProfile.Of(written.Rows, watch.Elapsed, plan.Fields, written.Summaries, plan.Obstructing), OpenDataJson.Options),
                Findings = written.Findings,
                Problems = [.. (result.IsProtected ? DisclosureProblems.WithoutValues(problems.Kept) : problems.Kept)
                    .OrderBy(problem => problem.Line ?? 0)],
                ProblemCount = problems.Count,
            };
        }
        catch (UnreadableSourceException unreadable)
        {
            problems.Add(unreadable.Problem);
            return result with { Problems = problems.Kept, ProblemCount = problems.Count };
        }

        async Task<(ProblemLog, PartsWritten)> WriteAgainAsync(ColumnPlan plan)
        {
            await sink.DiscardAllAsync(cancellation);
            var problems = new ProblemLog();
            plan.Learn(records, long.MaxValue, cancellation);
            return (problems, await PartsWriter.WriteAsync(records, plan, problems, sink, cancellation));
        }
    }
}
