namespace OpenData.Benchmarks.Query;

/// <summary>The same questions in ODSQL and in the row stores' SQL.</summary>
internal static class Questions
{
    private const string All100 = "SELECT * FROM records";

    public static readonly (string Name, string Ours, string Sql)[] All =
    [
        ("count", "records?select=count(*)&where=flag is true", "SELECT count(*) FROM records WHERE flag"),
        ("point", "records?where=id=3141592", $"{All100} WHERE id = 3141592"),
        ("range", "records?select=count(*),avg(value)&where=at in [date'2024-03-01'..date'2024-03-31']",
            "SELECT count(*), avg(value) FROM records WHERE at >= '2024-03-01' AND at < '2024-04-01'"),
        ("filter", "records?where=region='region 7' and amount > 9000&limit=100", $"{All100} WHERE region = 'region 7' AND amount > "
            + "9000 LIMIT 100"),
        ("group", "records?select=count(*),sum(amount),avg(value)&group_by=category&limit=100",
            "SELECT category, count(*), sum(amount), avg(value) FROM records GROUP BY category ORDER BY category LIMIT 100"),
        ("top 100", "records?order_by=-amount&limit=100", $"{All100} ORDER BY amount DESC LIMIT 100"),
        ("text", "records?select=count(*)&where=note like \"lantern\"", "SELECT count(*) FROM records WHERE lower(note) LIKE '%lantern%'"),
        ("page 10", "records?limit=100&offset=900", $"{All100} LIMIT 100 OFFSET 900"),
        ("page at 9,900", "records?limit=100&offset=9900", $"{All100} LIMIT 100 OFFSET 9900"),
        ("distinct", "records?select=count(distinct person)", "SELECT count(DISTINCT person) FROM records"),
    ];

    public static readonly string[] Small =
    [
        "records?limit=10", "records?where=id=4711", "records?select=id,region,amount&where=id in "
            + "[1000..1020]&limit=20", "records?limit=100&offset=400", "",
    ];
}
