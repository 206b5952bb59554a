using OpenData.Portal.Rendering;
using OpenData.Portal.Texts;

namespace OpenData.Portal.Layout;

/// <summary>What the layout shows around a page's content.</summary>
public sealed record PageFrame
{
    internal PageFrame(Page page, PageAddress address)
    {
        (Title, Description, Section, StructuredData, Indexed) =
            (page.Title, page.Description, page.Section, page.StructuredData, page.Indexed && page.Status == 200);
        Component = page.Component;
        Parameters = new Dictionary<string, object> { ["Model"] = page.Model! };
        Address = address;
    }

    /// <summary>The page's title.</summary>
    public string Title { get; }

    /// <summary>What it is about.</summary>
    public string? Description { get; }

    /// <summary>The entry of the menu that it belongs to.</summary>
    public string? Section { get; }

    /// <summary>JSON-LD about what it shows, made safe inside a script element.</summary>
    public string? StructuredData { get; }

    /// <summary>Whether search engines may list it.</summary>
    public bool Indexed { get; }

    /// <summary>The component of its content.</summary>
    public Type Component { get; }

    /// <summary>The component's parameters.</summary>
    public Dictionary<string, object> Parameters { get; }

    /// <summary>The languages that it can be read in.</summary>
    public static IReadOnlyList<string> Languages => PortalTexts.Languages;

    private PageAddress Address { get; }

    /// <summary>The address of the same page in a language.</summary>
    public string InLanguage(string language)
    {
        var rest = Address.Path.Split('/', 4) is [_, _, _, var below] ? "/" + below : "";
        return Address.At($"/portal/{language}{rest}").ToString();
    }

    /// <summary>The address that leads there and remembers the language.</summary>
    public string Remember(string language) =>
        $"/portal/language?to={language}&return={Uri.EscapeDataString(InLanguage(language))}";
}
