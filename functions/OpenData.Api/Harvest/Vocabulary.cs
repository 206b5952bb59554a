using System.Text;
using OpenData.Catalog;

namespace OpenData.Api.Harvest;

/// <summary>
/// Our words in the EU's authority lists (https://op.europa.eu/en/web/eu-vocabularies), which DCAT-AP wants where they have an entry.
/// </summary>
internal static class Vocabulary
{
    private const string Authority = "http://publications.europa.eu/resource/authority/";

    // The code of a theme in the EU's list, and its name there.
    private static readonly Dictionary<string, string> Themes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AGRI"] = "Agriculture, fisheries, forestry and food",
        ["ECON"] = "Economy and finance",
        ["EDUC"] = "Education, culture and sport",
        ["ENER"] = "Energy",
        ["ENVI"] = "Environment",
        ["GOVE"] = "Government and public sector",
        ["HEAL"] = "Health",
        ["INTR"] = "International issues",
        ["JUST"] = "Justice, legal system and public safety",
        ["OP_DATPRO"] = "Provisional data",
        ["REGI"] = "Regions and cities",
        ["SOCI"] = "Population and society",
        ["TECH"] = "Science and technology",
        ["TRAN"] = "Transport",
    };

    // The words of dataset.json: the code in the EU's list, and the period that data.json wants.
    private static readonly Dictionary<string, (string Code, string? Period)> Frequencies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["continuous"] = ("CONT", "R/PT1S"),
        ["hourly"] = ("HOURLY", "R/PT1H"),
        ["daily"] = ("DAILY", "R/P1D"),
        ["twice_weekly"] = ("WEEKLY_2", "R/P3.5D"),
        ["weekly"] = ("WEEKLY", "R/P1W"),
        ["biweekly"] = ("BIWEEKLY", "R/P2W"),
        ["monthly"] = ("MONTHLY", "R/P1M"),
        ["bimonthly"] = ("BIMONTHLY", "R/P2M"),
        ["quarterly"] = ("QUARTERLY", "R/P3M"),
        ["semiannual"] = ("ANNUAL_2", "R/P6M"),
        ["annual"] = ("ANNUAL", "R/P1Y"),
        ["biennial"] = ("BIENNIAL", "R/P2Y"),
        ["irregular"] = ("IRREG", "irregular"),
        ["never"] = ("NEVER", null),
    };

    // By SPDX's name (https://spdx.org/licenses), and the four types of the Korea Open Government Licence: its page, and its code in the
    // EU's list.
    private static readonly Dictionary<string, (string Page, string? Code)> Licenses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CC0-1.0"] = ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ["CC-BY-4.0"] = ("https://creativecommons.org/licenses/by/4.0/", "CC_BY_4_0"),
        ["CC-BY-SA-4.0"] = ("https://creativecommons.org/licenses/by-sa/4.0/", "CC_BYSA_4_0"),
        ["CC-BY-NC-4.0"] = ("https://creativecommons.org/licenses/by-nc/4.0/", "CC_BYNC_4_0"),
        ["CC-BY-ND-4.0"] = ("https://creativecommons.org/licenses/by-nd/4.0/", "CC_BYND_4_0"),
        ["ODC-By-1.0"] = ("https://opendatacommons.org/licenses/by/1-0/", "ODC_BY"),
        ["ODbL-1.0"] = ("https://opendatacommons.org/licenses/odbl/1-0/", "ODC_BL"),
        ["PDDL-1.0"] = ("https://opendatacommons.org/licenses/pddl/1-0/", "ODC_PDDL"),
        ["KOGL-1"] = ("https://www.kogl.or.kr/info/licenseType1.do", null),
        ["KOGL-2"] = ("https://www.kogl.or.kr/info/licenseType2.do", null),
        ["KOGL-3"] = ("https://www.kogl.or.kr/info/licenseType3.do", null),
        ["KOGL-4"] = ("https://www.kogl.or.kr/info/licenseType4.do", null),
    };

    // By our formats' names.
    private static readonly Dictionary<string, string> FileTypes = new(StringComparer.Ordinal)
    {
        ["csv"] = "CSV",
        ["tsv"] = "TSV",
        ["json"] = "JSON",
        ["xlsx"] = "XLSX",
        ["xls"] = "XLS",
        ["zip"] = "ZIP",
        ["parquet"] = "PARQUET",
        ["geojson"] = "GEOJSON",
    };

    /// <summary>A theme's IRI, if it is one of the EU's codes or an address already.</summary>
    public static string? Theme(string theme) =>
        Themes.ContainsKey(theme) ? $"{Authority}data-theme/{theme.ToUpperInvariant()}" : Address(theme);

    /// <summary>A theme's English name in the EU's list; null if it is not there.</summary>
    public static string? ThemeName(string theme) => Themes.GetValueOrDefault(theme);

    /// <summary>A frequency's IRI.</summary>
    public static string? Frequency(string? word) =>
        word is not null && Frequencies.TryGetValue(word, out var known) ? $"{Authority}frequency/{known.Code}" : null;

    /// <summary>A frequency as a repeating period of ISO 8601, or <c>irregular</c>.</summary>
    public static string? Period(string? word) => word is not null && Frequencies.TryGetValue(word, out var known) ? known.Period : null;

    /// <summary>A licence's IRI, in the EU's list if it is there.</summary>
    public static string? License(string? license) =>
        license is not null && Licenses.TryGetValue(license, out var known) && known.Code is { } code
            ? $"{Authority}licence/{code}"
            : LicensePage(license);

    /// <summary>The page that a licence is read at.</summary>
    public static string? LicensePage(string? license) =>
        license is null ? null : Licenses.TryGetValue(license, out var known) ? known.Page : Address(license);

    /// <summary>A file format's IRI, by its name here; of a compressed file that of what is in it.</summary>
    public static string? FileType(string format) =>
        FileTypes.TryGetValue(format.Split('.')[0], out var code) ? $"{Authority}file-type/{code}" : null;

    /// <summary>Who may read a dataset.</summary>
    public static string AccessRight(AccessRights rights) => $"{Authority}access-right/" + rights switch
    {
        AccessRights.Restricted => "RESTRICTED",
        AccessRights.NonPublic => "NON_PUBLIC",
        _ => "PUBLIC",
    };

    /// <summary>A language's IRI; of those that <see cref="HarvestedDataset.Language"/> can be.</summary>
    public static string? Language(string? language) => language == "ko" ? $"{Authority}language/KOR" : null;

    /// <summary>The list that an IRI of the EU's is in; null of any other.</summary>
    public static string? List(string iri) => iri.StartsWith(Authority, StringComparison.Ordinal) ? iri[..iri.LastIndexOf('/')] : null;

    /// <summary>A media type's IRI.</summary>
    public static string MediaType(string mediaType) => "https://www.iana.org/assignments/media-types/" + mediaType;

    /// <summary>
    /// An http address in a text that is nothing else, with what no URI may hold escaped and a host's name in ASCII; otherwise null.
    /// </summary>
    public static string? Address(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        return Ascii.IsValid(uri.Host) ? uri.AbsoluteUri : new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
    }
}
