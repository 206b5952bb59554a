using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Services;

/// <summary>
/// Tells what a service says around its rows (a code, a message, counts of pages) from a record: an answer without rows is an error, or an
/// empty result, and must not take the place of data.
/// </summary>
internal static class ServiceAnswer
{
    /// <summary>Names of messages, the most telling ones first.</summary>
    private static readonly string[] Messages =
    [
        "returnauthmsg", "errormessage", "errmsg", "errormsg", "resultmsg", "resultmessage", "faultstring", "exceptiontext",
        "errordescription", "message", "msg", "detail",
        "developermessage", "usermessage", "reason", "error", "errors", "title",
    ];

    private static readonly string[] Codes =
        [
            "returnreasoncode", "resultcode", "errorcode", "errcode", "errcd", "rsltcode", "faultcode", "exceptioncode", "statuscode",
            "code", "status", "success", "ok", "issuccess"
        ];

    private static readonly string[] Counts = [
        "totalcount", "listtotalcount", "total", "totalcnt", "count", "matchcount", "currentcount", "numberofresults", "numfound",
        "totalresults", "cnt"
    ];

    /// <summary>Names that only an answer has, whatever else stands beside them.</summary>
    private static readonly HashSet<string> Marks =
    [
        "returnauthmsg", "returnreasoncode", "resultcode", "resultmsg", "errormessage", "errmsg", "errormsg", "errorcode", "errcode",
        "error", "errors", "faultcode", "faultstring",
        "exceptioncode", "exceptiontext", "message", "msg", "listtotalcount", "success", "errordescription", "resultmessage", "issuccess",
    ];

    private static readonly HashSet<string> Words =
    [
        .. Messages, .. Codes, .. Counts, .. Marks,
        "numofrows", "pageno", "page", "pages", "perpage", "pagesize", "pageindex", "limit", "offset", "start", "end", "startindex",
        "itemsperpage", "type", "instance", "path", "timestamp", "requestid",
        "traceid", "documentationurl", "version", "apiversion", "help", "responsetime", "took", "lastupdated", "sourceid", "items", "item",
        "body", "data", "result", "results", "rows", "row",
        "records", "nextpage", "next", "previous", "hasmore", "requesttime", "datatype", "dataterm", "method", "url", "moreinfo",
    ];

    /// <summary>Codes by which services say that all is well.</summary>
    private static readonly HashSet<string> Good =
        new([
            "00", "0", "000", "0000", "200", "INFO-000", "INFO-0", "INFO-00", "NORMAL_CODE", "NORMAL SERVICE.", "OK", "SUCCESS", "S",
            "true", "정상"
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name is one of those that services use around their rows.</summary>
    public static bool IsWord(string name) => Words.Contains(AnswerField.Plain(name));

    /// <summary>Whether values of a document mark it as an answer of a service.</summary>
    public static bool IsAnswer(IEnumerable<AnswerField> fields) => fields.Any(field => Marks.Contains(field.Key));

    /// <summary>What is to be said of an answer without rows, with the service's own message.</summary>
    public static UnreadableSourceException WithoutRows(IReadOnlyList<AnswerField> fields)
    {
        var code = First(fields, Codes);
        var message = First(fields, Messages);
        var said = message ?? code;
        var isGood = code is null ? First(fields, Counts) is not null || message is null : Good.Contains(code);
        var words = said is null ? "" : code is null || code == said ? $": '{said}'" : $": '{said}' (code {code})";
        return new UnreadableSourceException(isGood
            ? new Problem(
                "service-empty",
                Severity.Error,
                $"The file is a service's answer without any rows{words}.",
                "Ask the service again for a period or a place that has data, and upload that answer.")
            { RawValue = said }
            : new Problem(
                "service-error",
                Severity.Error,
                $"The file is a service's error message and holds no data{words}.",
                "Correct the request to the service (its key, its parameters), and upload the answer that has the data.")
            { RawValue = said });
    }

    private static string? First(IReadOnlyList<AnswerField> fields, string[] keys)
    {
        foreach (var key in keys)
        {
            if (fields.FirstOrDefault(field => field.Key == key && field.Text.Trim().Length > 0) is { } field) return field.Text.Trim();
        }

        return null;
    }
}
