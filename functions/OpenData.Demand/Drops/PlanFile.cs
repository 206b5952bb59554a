using System.Text.Json;
using System.Text.Json.Serialization;
using OpenData.Demand.Plans;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/plan.json</c>.</summary>
internal static class PlanFile
{
    public const string Path = "plan.json";
    public const string EarlierFolder = "earlier-plans/";

    private const string Action = "The last plan that could be used stays in use.";

    private static readonly JsonSerializerOptions Strict = new(OpenDataJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt weight must not pass for a default one
    };

    /// <summary>The plan, or null if it cannot be used; the problems say what is wrong with it.</summary>
    public static ReleasePlan? Read(ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        ReleasePlan? plan;
        try
        {
            var text = content.Span.StartsWith("\uFEFF"u8) ? content.Span[3..] : content.Span;
            plan = JsonSerializer.Deserialize<ReleasePlan>(text, Strict);
        }
        catch (JsonException e)
        {
            problems.Add(new Problem(
                "plan-unreadable",
                Severity.Error,
                $"The plan is not JSON of the documented form: {e.Message}",
                "Compare it with samples/planning/plan.json at this place.")
            {
                Line = e.LineNumber + 1,
                Column = e.Path,
                Action = Action,
            });
            return null;
        }

        if (plan is null || plan.Groups.Contains(null!) || plan.Areas.Contains(null!)
            || plan.Areas.Any(area => area.Items.Contains(null!)) || plan.Targets.Contains(null!) || plan.Packages.Contains(null!))
        {
            problems.Add(
                new Problem(
                    "plan-null",
                    Severity.Error,
                    "The plan, or an entry of one of its lists, is null.",
                    "Remove the entry.")
                { Action = Action });
            return null;
        }

        Check(plan, problems);
        return problems.Exists(problem => problem.Severity == Severity.Error) ? null : plan;
    }

    private static void Check(ReleasePlan plan, List<Problem> problems)
    {
        if (plan.LastDay < plan.FirstDay)
        {
            Error("plan-period", "last_day", $"{plan.LastDay:o}", "The plan ends before it begins.", "Put last_day after first_day.");
        }
        if (plan.DecisionDeadlineDays is < 1 or > 366)
        {
            Error(
                "plan-deadline",
                "decision_deadline_days",
                $"{plan.DecisionDeadlineDays}",
                "The decision deadline must be 1 to 366 days.",
                "Give whole days.");
        }
        if (plan.ExtensionDays is < 0 or > 366)
        {
            Error(
                "plan-deadline",
                "extension_days",
                $"{plan.ExtensionDays}",
                "The extension must be 0 to 366 days.",
                "Give whole working days.");
        }
        if (plan.ProposalThreshold is not (>= 0 and <= 1))
        {
            Error("plan-threshold", "proposal_threshold", $"{plan.ProposalThreshold}", "The threshold must be 0 to 1.", "Give a priority.");
        }
        double[] voices = [plan.Voices.Surveyed, plan.Voices.Verified, plan.Voices.Unverified];
        if (voices.Any(weight => weight is not (>= 0 and <= 1)) || voices.Sum() <= 0)
        {
            Error(
                "plan-voices",
                "voices",
                string.Join(", ", voices),
                "A voice must weigh 0 to 1, and one kind more than 0.",
                "Correct the weights.");
        }
        CheckWeights("groups", [.. plan.Groups.Select(group => group.Weight)]);
        CheckWeights("priority", [plan.Priority.Demand, plan.Priority.UnmetSearch, plan.Priority.Council, plan.Priority.Urgency]);
        CheckUnique("groups", plan.Groups.Select(group => group.Id));
        CheckUnique("areas", plan.Areas.Select(area => area.Id));
        CheckUnique("items", plan.Items.Select(item => item.Id));
        CheckUnique("targets", plan.Targets.Select(target => $"{target.Year}"));
        CheckUnique("packages", plan.Packages.Select(package => package.Id));
        var items = plan.Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in plan.Packages.SelectMany(package => package.Items).Where(item => !items.Contains(item)))
        {
            Error("plan-package", "packages", missing, "A package names an item that the plan does not have.", "Correct the item's id.");
        }
        CheckUnique("dataset_id", plan.Items.Select(item => item.DatasetId).OfType<string>());
        foreach (var item in plan.Items)
        {
            if (item.DatasetId is not null && !DatasetId.TryParse(item.DatasetId, out _))
            {
                Error(
                    "plan-dataset",
                    $"{item.Id}.dataset_id",
                    item.DatasetId,
                    "This is not a dataset id.",
                    "Write {dataset}@{agency}, the two folder names under which its files are dropped.");
            }
            if (item.Planned is null) continue;
            if (!Quarter.TryParse(item.Planned, out var first, out var last))
            {
                Error("plan-quarter", $"{item.Id}.planned", item.Planned, "This is not a quarter.", "Write it like 2026-Q2.");
            }
            else if (last < plan.FirstDay || first > plan.LastDay)
            {
                Error(
                    "plan-quarter",
                    $"{item.Id}.planned",
                    item.Planned,
                    "This quarter lies outside the plan's period.",
                    "Correct the quarter, or the plan's first_day and last_day.");
            }
        }

        void CheckWeights(string what, IReadOnlyList<double> weights)
        {
            if (weights.Any(weight => !(weight is >= 0 and <= 1)) || Math.Abs(weights.Sum() - 1) > 0.001)
            {
                Error(
                    "plan-weights",
                    what,
                    string.Join(" + ", weights),
                    $"The weights of {what} must each be 0 to 1 and add up to 1.",
                    "Correct the weights.");
            }
        }

        void CheckUnique(string what, IEnumerable<string> ids)
        {
            foreach (var twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1))
            {
                Error("plan-duplicate", what, twice.Key, $"Two of the {what} have this id.", "Give each its own.");
            }
        }

        void Error(string code, string column, string raw, string message, string fix) =>
            problems.Add(new Problem(code, Severity.Error, message, fix) { Column = column, RawValue = raw, Action = Action });
    }
}
