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
