using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenData.Hosting;
using OpenData.Lake;
using OpenData.Planning;

namespace OpenData.Tests.Hosting;

public sealed class UpkeepTests
{
    [Theory]
    [Trait("Category", "Unit")]
    [InlineData("2026-11-23T18:00:00Z", "2026-11-24T17:00:00Z", false)]
    [InlineData("2026-11-23T18:00:00Z", "2026-11-24T18:00:00Z", true)]
    [InlineData("2026-11-23T17:59:59.9Z", "2026-11-23T19:00:00Z", false)] // a timer may fire a little before its time
    [InlineData("2026-11-23T17:59:59.9Z", "2026-11-24T17:59:59.9Z", true)]
    [InlineData("2026-11-23T12:00:00Z", "2026-11-23T18:00:00Z", true)] // one made by hand is not the day's
    [InlineData("2026-11-20T18:00:00Z", "2026-11-24T03:00:00Z", true)] // the app was stopped when it was due
    public void The_report_is_due_once_after_each_time_of_its_schedule(string last, string now, bool due) =>
        Assert.Equal(due, Due(new ReportState(DateTimeOffset.Parse(last, null), "2026-11-23", null), now));

    [Fact]
    [Trait("Category", "Unit")]
    public void A_report_that_failed_or_was_never_made_is_due()
    {
        Assert.True(Due(null, "2026-11-23T17:00:00Z"));
        Assert.True(Due(new ReportState(DateTimeOffset.Parse("2026-11-23T18:00:00Z", null), null, "storage was away"),
            "2026-11-23T19:00:00Z"));
    }

    [Fact]
    [Trait("Category", "Unit")]
    public void A_schedule_that_is_none_is_said_with_its_name()
    {
        var error = Assert.Throws<SettingException>(() => Make(StorageConnection.Open("UseDevelopmentStorage=true"), "every day"));
        Assert.Contains("ReportSchedule is 'every day'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upkeep_finds_what_was_forgotten_and_makes_the_report_that_is_due_once()
    {
        var storage = await TestStorage.CreateAsync();
        await storage.Incoming.GetBlobClient("mfds/food/a.csv").UploadAsync(BinaryData.FromString("x,y\n1,2\n"));
        var upkeep = Make(storage, "0 0 18 * * *", new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(2)));

        Assert.NotNull(await upkeep.RunAsync());
        Assert.Null((await ReportState.ReadAsync(storage))!.Error);
        Assert.Contains("mfds/food/a.csv", Assert.Single((await storage.Retries.PeekMessagesAsync()).Value).Body.ToString(),
            StringComparison.Ordinal);
        Assert.Null(await upkeep.RunAsync());
    }

    private static bool Due(ReportState? last, string now) =>
        Make(StorageConnection.Open("UseDevelopmentStorage=true"), "0 0 18 * * *").IsDue(last, DateTimeOffset.Parse(now, null));

    private static Upkeep Make(Storage storage, string schedule, TimeProvider? clock = null) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(storage)
        .AddSingleton(clock ?? TimeProvider.System)
        .AddSingleton(new OpenDataSettings { ReportSchedule = schedule })
        .AddOpenData(new ConfigurationBuilder().Build())
        .BuildServiceProvider()
        .GetRequiredService<Upkeep>();
}
