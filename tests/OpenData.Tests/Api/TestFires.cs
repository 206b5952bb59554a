using OpenData.Catalog;
using OpenData.Lake;
using static OpenData.Tests.TestDatasets;

namespace OpenData.Tests.Api;

/// <summary>An API with the fires in it, shared by the tests of a class that only read.</summary>
public sealed class FiresFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await TestFires.StartAsync();

    public async Task DisposeAsync() => await Api.DisposeAsync();
}

/// <summary>A dataset of three fires in two parts, with a field of every type.</summary>
internal static class TestFires
{
    public const string Path = $"{TestApi.Explore}/datasets/fires@nfa";

    private static readonly Field[] Fields =
    [
        Field("시도", FieldType.Text), Field("casualties", FieldType.Int), Field("damage", FieldType.Decimal, 2),
        Field("day", FieldType.Date),
        Field("reported", FieldType.DateTime), Field("seen", FieldType.Instant), Field("lat", FieldType.Double),
        Field("lon", FieldType.Double),
        Field("arson", FieldType.Boolean),
        new Field { Name = "place", Label = "Place", Type = FieldType.GeoPoint, Latitude = "lat", Longitude = "lon" },
    ];

    private static readonly string[] Rows =
    [
        """
        SELECT * FROM (VALUES
          ('서울특별시', 3, 1200.50::DECIMAL(38,2), DATE '2026-01-02', TIMESTAMP '2026-01-02 09:30:00',
            TIMESTAMPTZ '2026-01-02 00:30:00Z', 37.5::DOUBLE, 127.0::DOUBLE, false),
          ('부산광역시', 0, 0.05, DATE '2026-01-15', TIMESTAMP '2026-01-15 23:59:59.5',
            TIMESTAMPTZ '2026-01-15 14:59:59.5Z', 35.1, 129.0, true)
        ) t("시도", casualties, damage, day, reported, seen, lat, lon, arson)
        """,
        """
        SELECT * FROM (VALUES
          ('제주 "특별" 자치도', NULL::INT, NULL::DECIMAL(38,2), DATE '2026-02-01', NULL::TIMESTAMP,
            NULL::TIMESTAMPTZ, NULL::DOUBLE, NULL::DOUBLE, NULL::BOOLEAN)
        ) t("시도", casualties, damage, day, reported, seen, lat, lon, arson)
        """,
    ];

    public static async Task<TestApi> StartAsync(Func<OpenDataSettings, OpenDataSettings>? settings = null, TimeProvider? time = null)
    {
        var api = await TestApi.StartAsync(settings: settings, time: time);
        await PublishAsync(api.Storage);
        return api;
    }

    public static Task<DatasetVersion> PublishAsync(Storage storage, DateTimeOffset? droppedAt = null) =>
        TestDatasets.PublishAsync(
            storage,
            "fires@nfa",
            Rows,
            Fields,
            new DatasetMetadata { Title = "화재 발생 현황", Theme = ["안전", "재난"], Keyword = ["fire"], Publisher = "소방청" },
            droppedAt);
}
