using System.Text.Json.Nodes;
using OpenData.Lake;

namespace OpenData.Api.Harvest;

/// <summary>A dataset as search engines read it: https://schema.org/Dataset, in JSON-LD.</summary>
internal static class SchemaOrg
{
    public const string MediaType = "application/ld+json";

    public static JsonObject Describe(HarvestedDataset dataset, HarvestedCatalog catalog)
    {
        var described = new JsonObject
        {
            ["@context"] = "https://schema.org/",
            ["@type"] = "Dataset",
            ["@id"] = dataset.Iri,
            ["url"] = dataset.Iri,
            ["identifier"] = dataset.Id,
            ["name"] = dataset.Title,
            ["description"] = Description(dataset),
            ["version"] = dataset.Version,
            ["datePublished"] = dataset.Issued.UtcDateTime,
            ["dateModified"] = dataset.Modified.UtcDateTime,
            ["isAccessibleForFree"] = dataset.ShowsRecords,
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = dataset.Publisher },
            ["includedInDataCatalog"] = new JsonObject
            {
                ["@type"] = "DataCatalog",
                ["@id"] = catalog.Iri,
                ["name"] = catalog.Title,
                ["url"] = catalog.Iri,
            },
        };
        if (dataset.Keywords is not [] || dataset.Themes is not [])
        {
            described["keywords"] = new JsonArray(
                [.. dataset.Keywords.Concat(dataset.Themes).Distinct().Select(word => JsonValue.Create(word))]);
        }

        if (Vocabulary.LicensePage(dataset.License) is { } license) described["license"] = license;
        if (dataset.Language is { } language) described["inLanguage"] = language;
        if (dataset.Temporal is var (start, end)) described["temporalCoverage"] = $"{start ?? ".."}/{end ?? ".."}";
        if (dataset.Spatial is not null || dataset.Box is not null)
        {
            var place = new JsonObject { ["@type"] = "Place" };
            if (dataset.Spatial is { } name) place["name"] = name;
            if (dataset.Box is var (west, south, east, north))
            {
                place["geo"] = new JsonObject { ["@type"] = "GeoShape", ["box"] = $"{south} {west} {north} {east}" };
            }

            described["spatialCoverage"] = place;
        }

        described["variableMeasured"] = new JsonArray([.. dataset.Fields.Select(Variable)]);
        described["distribution"] = new JsonArray([.. dataset.Distributions.Select(Download)]);
        return described;
    }

    // Search engines take 50 to 5,000 characters.
    private static string Description(HarvestedDataset dataset)
    {
        var description = dataset.Description.Length < 50 && dataset.Description != dataset.Contents
            ? $"{dataset.Description} {dataset.Contents}"
            : dataset.Description;
        return description.Length > 5_000 ? description[..4_999] + "…" : description;
    }

    private static JsonObject Variable(Field field)
    {
        var variable = new JsonObject { ["@type"] = "PropertyValue", ["name"] = field.Label };
        if (field.Description is { } description) variable["description"] = description;
        return variable;
    }

    private static JsonObject Download(HarvestedDistribution distribution)
    {
        var download = new JsonObject
        {
            ["@type"] = "DataDownload",
            ["name"] = distribution.Title,
            ["encodingFormat"] = distribution.MediaType,
            ["contentUrl"] = distribution.Iri,
        };
        if (distribution.Bytes is { } bytes) download["contentSize"] = $"{bytes} B";
        if (distribution.Sha256 is { } sha256) download["sha256"] = sha256;
        return download;
    }
}
