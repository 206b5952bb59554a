using OpenData.Demand.Calendar;
using OpenData.Demand.Plans;
using OpenData.Demand.Requests;

namespace OpenData.Tests.Demand;

[Trait("Category", "Unit")]
public class WorkingDaysTests
{
    // Chuseok of 2025 with the day of the foundation before it and Hangul day after it.
    private static readonly WorkingDays Calendar = new(new HashSet<DateOnly>
    {
        new(2025, 10, 3), new(2025, 10, 6), new(2025, 10, 7), new(2025, 10, 8), new(2025, 10, 9),
    });

    [Theory]
    [InlineData("2025-10-01", 1, "2025-10-02")]
    [InlineData("2025-10-01", 2, "2025-10-10")] // 3 to 9 October are closed, with a weekend in between
    [InlineData("2025-10-04", 1, "2025-10-10")] // made on a Saturday
    [InlineData("2026-06-10", 10, "2026-06-24")]
    public void Days_on_which_offices_are_closed_are_not_counted(string from, int days, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), Calendar.After(DateOnly.Parse(from), days));

    [Fact]
    public void An_extension_adds_its_days_and_a_request_is_overdue_from_the_day_after()
    {
        var local = new LocalTime("Asia/Seoul");
        var deadline = new RequestDeadline(ReleasePlan.None(2026), WorkingDays.WeekdaysOnly, local);
        // 16:00 UTC on the 9th is the 10th in Seoul.
        var request = new DataRequest
        {
            RequestId = "",
            Title = "",
            Wanted = "",
            Group = "",
            OpenedAt = new DateTimeOffset(2026, 6, 9, 16, 0, 0, TimeSpan.Zero),
        };
        var extended = request with { Changes = [new RequestChange(default, "x", RequestState.Extended, null, null, null, null, null)] };

        Assert.Equal(new DateOnly(2026, 6, 24), deadline.DueOn(request));
        Assert.Equal(new DateOnly(2026, 7, 8), deadline.DueOn(extended));
        Assert.False(deadline.IsOverdue(request, new DateOnly(2026, 6, 24)));
        Assert.True(deadline.IsOverdue(request, new DateOnly(2026, 6, 25)));
    }

    [Fact]
    public void A_time_zone_that_does_not_exist_says_so() =>
        Assert.Contains("Asia/Seoul", Assert.Throws<SettingException>(() => new LocalTime("Seoul")).Message, StringComparison.Ordinal);
}
