using OpenData.Catalog;
using OpenData.Ingest.Places;
using OpenData.Ingest.Typing;
using OpenData.Lake;

namespace OpenData.Ingest.Metadata;

/// <content>The part under <c>ingest</c>: how files are to be read.</content>
internal sealed partial class MetadataReader
{
    private IngestDeclaration Declaration()
    {
        if (!IsObject()) return new IngestDeclaration();
        var declaration = new IngestDeclaration
        {
            Encoding = OneOf("encoding", IngestDeclaration.Encodings),
            Delimiter = Delimiter("delimiter"),
            HeaderRow = WholeNumber("header_row", least: 1),
            SkipRows = WholeNumber("skip_rows", least: 0) ?? 0,
            HeaderRows = WholeNumber("header_rows", least: 0, most: 20),
            Footer = WholeNumber("footer", least: 0, most: 1000) ?? 0,
            Comment = Delimiter("comment"),
            FillDown = Texts("fill_down") is { Length: > 0 } columns ? columns : null,
            Unpivot = Nested("unpivot")?.Unpivot(),
            Decimal = OneOf("decimal", [".", ","]),
            NegativeInParentheses = Flag("negative_in_parentheses"),
            Booleans = Nested("booleans")?.Booleans(),
            YearPivot = WholeNumber("year_pivot", least: 0, most: 100),
            OnMisfit = Enum<OnMisfit>("on_misfit") ?? OnMisfit.Text,
            Sheet = TextOrNumber("sheet"),
            Range = SheetRangeText("range"),
            RecordPath = Text("record_path"),
            NullTokens = Texts("null_tokens"),
            Key = Texts("key"),
            UpdateMode = Enum<UpdateMode>("update_mode") ?? UpdateMode.Replace,
            Repeat = Flag("repeat"),
            MayLose = WholeNumber("may_lose", least: 0, most: 100),
            Fields = [.. Objects("fields").Select(field => field.Field()).OfType<FieldDeclaration>()],
            Points = [.. Objects("points").Select(point => point.Point()).OfType<PointDeclaration>()],
        };
        foreach (var twice in declaration.Fields.GroupBy(field => field.Column, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Add($"'{Path("fields")}' declares the column '{twice.Key}' more than once.", Path("fields"), twice.Key);
        }

        WarnOfOthers();
        return declaration;
    }

    private FieldDeclaration? Field()
    {
        if (!IsObject()) return null;
        if (Text("column") is not { } column)
        {
            Add($"'{path}' must say which column it declares: 'column' is its header in the file.", path, null);
            return null;
        }

        var field = new FieldDeclaration
        {
            Column = column,
            Name = Text("name"),
            Type = Enum<FieldType>("type"),
            Format = Text("format"),
            NullTokens = Texts("null_tokens"),
            Description = Text("description"),
            Protect = Enum<Protection>("protect"),
            Step = WholeNumber("step", least: 2),
            Top = WholeNumber("top", least: 1),
            Level = WholeNumber("level", least: 1),
        };
        if (field.Protect != Protection.Generalise && (field.Step ?? field.Top ?? field.Level) is not null)
        {
            Add($"'{Path("step")}', 'top' and 'level' go only with \"protect\": \"generalise\".", Path("step"), null);
        }

        if (field.Type == FieldType.GeoPoint)
        {
            Add($"'{Path("type")}' cannot be geo_point_2d: a point is made of two numeric columns; declare them in "
                + "'ingest.points'.", Path("type"), null);
        }

        if (field.Format is not null && field.Type is not (FieldType.Date or FieldType.DateTime or FieldType.Instant))
        {
            Add($"'{Path("format")}' goes only with a 'type' of date, datetime or datetimetz.", Path("format"), field.Format);
        }

        if (field is { Format: { } format, Type: not null } && !DeclaredRewrites.IsFormat(format))
        {
            Add($"'{Path("format")}' is no format of days and times: it is made of yyyy or yy, M to MMMM, d or dd, H or h with mm, ss and "
                + "tt, and what stands between them.", Path("format"), format);
        }

        WarnOfOthers();
        return field;
    }

    private UnpivotDeclaration? Unpivot()
    {
        if (!IsObject()) return null;
        var declaration = new UnpivotDeclaration(Texts("columns"), Text("name") ?? "", Text("value") ?? "");
        WarnOfOthers();
        if (declaration is { Columns.Count: > 0, Name.Length: > 0, Value.Length: > 0 }) return declaration;
        Add($"'{path}' must name the columns that become rows in 'columns', and the two new columns in 'name' and 'value'.", path, null);
        return null;
    }

    private BooleanDeclaration? Booleans()
    {
        if (!IsObject()) return null;
        var declaration = new BooleanDeclaration(Texts("true"), Texts("false"));
        WarnOfOthers();
        var isUnique = !declaration.True.Intersect(declaration.False).Any();
        if (declaration is { True.Count: > 0, False.Count: > 0 } && isUnique) return declaration;
        Add($"'{path}' must say in 'true' and in 'false' what is written for each, and nothing for both.", path, null);
        return null;
    }

    private PointDeclaration? Point()
    {
        if (!IsObject()) return null;
        var (latitude, longitude, name, system) = (Text("latitude"), Text("longitude"), Text("name"), Text("system"));
        WarnOfOthers();
        if (system is not null && PlaneSystem.Named(system) is null)
        {
            Add($"'{path}.system' must be one of Korea's systems of plane coordinates, such as EPSG:5174, EPSG:5179 or EPSG:5186.",
                $"{path}.system", system);
            return null;
        }

        if (latitude is not null && longitude is not null)
        {
            return new PointDeclaration { Latitude = latitude, Longitude = longitude, Name = name, System = system };
        }

        Add($"'{path}' must name two columns by their headers in the file: 'latitude' and 'longitude'.", path, null);
        return null;
    }
}
