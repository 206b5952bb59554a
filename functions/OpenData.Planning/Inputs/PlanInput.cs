using OpenData.Demand.Plans;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>
/// Brings the plan into a session, as the tables <c>plan</c>, <c>groups</c>, <c>items</c>, <c>targets</c>, <c>packages</c> and
/// <c>plan_history</c>, which has the items of this plan and of earlier ones.
/// </summary>
internal static class PlanInput
{
    public static void Load(Session session, ReleasePlan plan, IReadOnlyList<ReleasePlan> earlier)
    {
        session.Load(
            "plan",
            "name_ko VARCHAR, name_en VARCHAR, example BOOLEAN, first_day DATE, last_day DATE, heard_from DATE, deadline_days BIGINT, "
            + "extension_days BIGINT, "
            + "threshold DOUBLE, w_demand DOUBLE, w_unmet DOUBLE, w_council DOUBLE, w_urgency DOUBLE",
            [
                new
                {
                    name_ko = plan.Name.Ko,
                    name_en = plan.Name.En,
                    plan.Example,
                    plan.FirstDay,
                    plan.LastDay,
                    heard_from = plan.HeardFrom ?? plan.FirstDay.AddYears(-1),
                    deadline_days = plan.DecisionDeadlineDays,
                    plan.ExtensionDays,
                    threshold = plan.ProposalThreshold,
                    w_demand = plan.Priority.Demand,
                    w_unmet = plan.Priority.UnmetSearch,
                    w_council = plan.Priority.Council,
                    w_urgency = plan.Priority.Urgency,
                },
            ]);
        session.Load(
            "sources", "source VARCHAR, voice_weight DOUBLE",
            [
                new { source = "surveyed", voice_weight = plan.Voices.Surveyed },
                new { source = "verified", voice_weight = plan.Voices.Verified },
                new { source = "unverified", voice_weight = plan.Voices.Unverified },
            ]);
        session.Load(
            "groups", "position BIGINT, group_id VARCHAR, group_ko VARCHAR, group_en VARCHAR, weight DOUBLE",
            plan.Groups.Index().Select(group => new
            {
                position = group.Index,
                group_id = group.Item.Id,
                group_ko = group.Item.Name.Ko,
                group_en = group.Item.Name.En,
                group.Item.Weight,
            }));
        session.Load(
            "items",
            "item_id VARCHAR, item_ko VARCHAR, item_en VARCHAR, area_id VARCHAR, area_ko VARCHAR, area_en VARCHAR, agency VARCHAR, "
            + "planned VARCHAR, due DATE, "
            + "cohort BIGINT, dataset_id VARCHAR, keywords VARCHAR[], legal_basis VARCHAR, risks VARCHAR",
            from area in plan.Areas
            from item in area.Items
            select new
            {
                item_id = item.Id,
                item_ko = item.Name.Ko,
                item_en = item.Name.En,
                area_id = area.Id,
                area_ko = area.Name.Ko,
                area_en = area.Name.En,
                item.Agency,
                item.Planned,
                due = Due(item),
                cohort = item.Cohort ?? Due(item)?.Year,
                item.DatasetId,
                item.Keywords,
                item.LegalBasis,
                item.Risks,
            });
        session.Load("targets", "year BIGINT, target BIGINT", plan.Targets.Select(target => new { target.Year, target = target.Items }));
        session.Load(
            "packages", "package_id VARCHAR, package_ko VARCHAR, package_en VARCHAR, item_id VARCHAR",
            from package in plan.Packages
            from item in package.Items
            select new { package_id = package.Id, package_ko = package.Name.Ko, package_en = package.Name.En, item_id = item });
        session.Load(
            "plan_history", "plan_ko VARCHAR, plan_en VARCHAR, first_day DATE, last_day DATE, due DATE, dataset_id VARCHAR",
            from each in earlier.Append(plan)
            from item in each.Items
            where item.Planned is not null
            select new { plan_ko = each.Name.Ko, plan_en = each.Name.En, each.FirstDay, each.LastDay, due = Due(item), item.DatasetId });
        session.Load(
            "surveys", "file VARCHAR, survey_ko VARCHAR, survey_en VARCHAR, first_day DATE, last_day DATE, invited BIGINT",
            (plan.Surveys ?? []).Select(survey => new
            {
                survey.File,
                survey_ko = survey.Name.Ko,
                survey_en = survey.Name.En,
                survey.FirstDay,
                survey.LastDay,
                survey.Invited,
            }));
    }

    private static DateOnly? Due(PlanItem item) => Quarter.TryParse(item.Planned, out _, out var last) ? last : null;
}
