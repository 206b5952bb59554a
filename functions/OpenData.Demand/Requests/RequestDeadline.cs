using OpenData.Demand.Calendar;
using OpenData.Demand.Plans;

namespace OpenData.Demand.Requests;

/// <summary>By when a data request is to be decided.</summary>
/// <param name="plan">The plan, which says how many working days there are and how many an extension adds.</param>
/// <param name="calendar">Which days are working days.</param>
/// <param name="time">The country's clock.</param>
public sealed class RequestDeadline(ReleasePlan plan, WorkingDays calendar, LocalTime time)
{
    /// <summary>
    /// The last day on which the first decision is in time. It follows from the calendar as it is now, not as it was then.
    /// </summary>
    public DateOnly DueOn(DataRequest request)
    {
        var extended = request.Changes.Any(change => change.State == RequestState.Extended);
        return calendar.After(time.DayOf(request.OpenedAt), plan.DecisionDeadlineDays + (extended ? plan.ExtensionDays : 0));
    }

    /// <summary>The local day of the first decision: accepted, refused or released; null while there is none.</summary>
    public DateOnly? DecidedOn(DataRequest request) => FirstDecision(request) is { } change ? time.DayOf(change.At) : null;

    /// <summary>Whether the request is undecided on a day after its due date.</summary>
    public bool IsOverdue(DataRequest request, DateOnly today) => FirstDecision(request) is null && today > DueOn(request);

    /// <summary>The first decision on a request; null while there is none.</summary>
    public static RequestChange? FirstDecision(DataRequest request) =>
        request.Changes.FirstOrDefault(change => change.State is RequestState.Accepted or RequestState.Refused or RequestState.Released);
}
