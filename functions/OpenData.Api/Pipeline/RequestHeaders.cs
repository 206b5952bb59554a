namespace OpenData.Api.Pipeline;

/// <summary>Request headers of this API's own.</summary>
public static class RequestHeaders
{
    /// <summary>Carries an agency's key.</summary>
    public const string AgencyKey = "x-agency-key";
}
