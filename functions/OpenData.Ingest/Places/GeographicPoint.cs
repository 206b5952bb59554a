namespace OpenData.Ingest.Places;

/// <summary>A place by its angles.</summary>
/// <param name="Latitude">Degrees north of the equator, -90 to 90.</param>
/// <param name="Longitude">Degrees east of Greenwich, -180 to 180.</param>
internal readonly record struct GeographicPoint(double Latitude, double Longitude);
