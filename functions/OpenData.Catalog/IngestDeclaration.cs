using System.Text.Json.Serialization;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>What a drop does to the rows that its dataset has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdateMode>))]
public enum UpdateMode
{
    /// <summary>Each drop is the whole dataset.</summary>
    [JsonStringEnumMemberName("replace")] Replace,

    /// <summary>Each drop adds rows; its fields must be those of the rows before.</summary>
    [JsonStringEnumMemberName("append")] Append,
}

/// <summary>The agency's word on how its files are to be read. It wins over whatever a file suggests.</summary>
public sealed record IngestDeclaration
{
    /// <summary>The character encoding: one of <see cref="Encodings"/>, in any case.</summary>
    public string? Encoding { get; init; }

    /// <summary>The text between two cells; a single character, or several such as <c>", "</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The line, from 1, on which the header stands.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>Rows (lines of a text) at the top of the file that are neither header nor data. Default: judged by their content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // what says nothing changes no hash of a declaration
    public int SkipRows { get; init; }

    /// <summary>Rows that the header takes, from <see cref="HeaderRow"/> on; 0 if there is none. Default: judged by their content.</summary>
    public int? HeaderRows { get; init; }

    /// <summary>Records at the end of the file that are no data, such as totals and notes; blank ones do not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // what says nothing changes no hash of a declaration
    public int Footer { get; init; }

    /// <summary>Of texts, what lines begin with that are comments, such as <c>#</c>. Default: judged by their content.</summary>
    public string? Comment { get; init; }

    /// <summary>Headers of the columns in which an empty cell means what the cell above it says.</summary>
    public IReadOnlyList<string>? FillDown { get; init; }

    /// <summary>The columns that are to become rows; null for none.</summary>
    public UnpivotDeclaration? Unpivot { get; init; }

    /// <summary>What stands between the whole and the fraction of a number: <c>.</c>, which is the default, or <c>,</c>.</summary>
    public string? Decimal { get; init; }

    /// <summary>Whether a number in parentheses, such as <c>(12)</c>, is less than zero.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // what says nothing changes no hash of a declaration
    public bool NegativeInParentheses { get; init; }

    /// <summary>What columns of type boolean have for yes and no, besides the usual pairs such as Y and N.</summary>
    public BooleanDeclaration? Booleans { get; init; }

    /// <summary>Years of two digits from here on are of the 20th century, those below of the 21st: 0 to 100. Default: 50.</summary>
    public int? YearPivot { get; init; }

    /// <summary>What becomes of a column with a declared type if a value is not of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // what says nothing changes no hash of a declaration
    public OnMisfit OnMisfit { get; init; }

    /// <summary>
    /// Of workbooks, the sheet that holds the data: its name, or its number from 1. Default: the one that is recognised by its content.
    /// </summary>
    public string? Sheet { get; init; }

    /// <summary>
    /// Of workbooks, the part of the sheet that is the table, its header included, such as <c>B3:F200</c>, or <c>B3</c> without an end.
    /// </summary>
    public string? Range { get; init; }

    /// <summary>
    /// Of JSON and XML, the names that lead to the records, with points between them, such as <c>response.body.items.item</c>; <c>[1]</c> is the second element of
    /// an array. Default: what repeats.
    /// </summary>
    public string? RecordPath { get; init; }

    /// <summary>Cells that mean "no value", besides the empty one.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];

    /// <summary>The headers of the columns that together tell one record from another.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>What a drop does to the rows before it.</summary>
    public UpdateMode UpdateMode { get; init; }

    /// <summary>
    /// With <see cref="UpdateMode.Append"/>: whether a file that was appended already under its path is appended once more when it is
    /// dropped again.
    /// Default: it is not, because a repeated upload is nearly always a mistake.
    /// </summary>
    public bool Repeat { get; init; }

    /// <summary>
    /// Percent of the rows, of the columns, and of the typed columns that a file may lose against the version that is served; what loses
    /// more is held, not served. 0 to 100, where 100 holds nothing. Default: <see cref="UsualLoss"/>.
    /// </summary>
    public int? MayLose { get; init; }

    /// <summary>What a file may lose where nothing is declared, in percent.</summary>
    public const int UsualLoss = 50;

    /// <summary>The agency's word on single columns; columns that are not named here are judged by their values.</summary>
    public IReadOnlyList<FieldDeclaration> Fields { get; init; } = [];

    /// <summary>Pairs of numeric columns that are points; pairs whose headers say so need no declaration.</summary>
    public IReadOnlyList<PointDeclaration> Points { get; init; } = [];

    /// <summary>The encodings that can be declared.</summary>
    public static IReadOnlyList<string> Encodings { get; } =
    [
        "utf-8", "utf-16le", "utf-16be", "cp949", "euc-kr", "windows-1252", "iso-8859-1", "shift_jis", "euc-jp", "big5", "gb18030", "gbk", "gb2312",
        "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-874", "koi8-r",
        "koi8-u", "ibm866", "iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
    ];
}

/// <summary>What becomes of a column with a declared type if a value is not of that type.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnMisfit>))]
public enum OnMisfit
{
    /// <summary>The column is published as text, and each such value is reported; with many of them the file is rejected.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>The field is empty where the value is not of the type, and each such value is reported.</summary>
    [JsonStringEnumMemberName("empty")] Empty,
}

/// <summary>What an agency writes for yes and for no.</summary>
/// <param name="True">What means yes, such as <c>O</c>.</param>
/// <param name="False">What means no, such as <c>X</c>.</param>
public sealed record BooleanDeclaration(IReadOnlyList<string> True, IReadOnlyList<string> False);

/// <summary>Columns whose headings are values, such as years: each of their cells becomes a row of its own.</summary>
/// <param name="Columns">Their headers; one that ends with <c>*</c> stands for all that begin so.</param>
/// <param name="Name">The header of the new column that takes the headings.</param>
/// <param name="Value">The header of the new column that takes the cells.</param>
public sealed record UnpivotDeclaration(IReadOnlyList<string> Columns, string Name, string Value);

/// <summary>The agency's word on one column.</summary>
public sealed record FieldDeclaration
{
    /// <summary>The header of the column, as it is written in the file.</summary>
    public required string Column { get; init; }

    /// <summary>The field's queryable name. Default: made from the header.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// What the values are; a value that is not is a problem, and is kept out of the field. Default: judged by all values.
    /// </summary>
    public FieldType? Type { get; init; }

    /// <summary>
    /// How dates and times are written, such as <c>yyyy.MM.dd</c> or <c>dd/MM/yyyy HH:mm</c>. Only with a type of date or time.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>Cells of this column that mean "no value", besides the empty one and those declared for all.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];

    /// <summary>What the field is, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>What is done to the cells before anything of them is typed, counted or written; null for nothing.</summary>
    public Protection? Protect { get; init; }

    /// <summary>Of <see cref="Protection.Generalise"/>, for numbers: the width of a band. Default 10.</summary>
    public int? Step { get; init; }

    /// <summary>Of <see cref="Protection.Generalise"/>, for numbers: from here on all are one band. Default: none.</summary>
    public int? Top { get; init; }

    /// <summary>Of <see cref="Protection.Generalise"/>, for texts such as addresses: how many words are kept. Default 1.</summary>
    public int? Level { get; init; }
}

/// <summary>What is done to cells that must not be published as they are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Protection>))]
public enum Protection
{
    /// <summary>Each letter and digit becomes <c>*</c>.</summary>
    [JsonStringEnumMemberName("mask")] Mask,

    /// <summary>The column is left out.</summary>
    [JsonStringEnumMemberName("drop")] Drop,

    /// <summary>Each cell becomes a pseudonym: the same for the same text in one dataset, and nothing across datasets.</summary>
    [JsonStringEnumMemberName("hash")] Hash,

    /// <summary>Numbers become bands, days their year, and texts their first words.</summary>
    [JsonStringEnumMemberName("generalise")] Generalise,
}

/// <summary>The agency's word that two columns are the coordinates of points, in degrees (WGS 84).</summary>
public sealed record PointDeclaration
{
    /// <summary>The header of the column that holds the latitude, -90 to 90.</summary>
    public required string Latitude { get; init; }

    /// <summary>The header of the column that holds the longitude, -180 to 180.</summary>
    public required string Longitude { get; init; }

    /// <summary>The point's queryable name. Default: <c>geo_point_2d</c>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The system of plane coordinates, such as <c>EPSG:5186</c>, where the two columns are metres to the north (<see cref="Latitude"/>) and to the east
    /// (<see cref="Longitude"/>); null for degrees.
    /// </summary>
    public string? System { get; init; }
}
