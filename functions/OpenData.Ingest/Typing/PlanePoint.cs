using OpenData.Ingest.Places;

namespace OpenData.Ingest.Typing;

/// <summary>Two columns that are a point's coordinates in the plane.</summary>
/// <param name="Easting">The column of the coordinate to the east, in metres.</param>
/// <param name="Northing">The column of the coordinate to the north, in metres.</param>
/// <param name="System">The coordinate system.</param>
/// <param name="Name">The point's queryable name; null for the usual one.</param>
internal sealed record PlanePoint(int Easting, int Northing, PlaneSystem System, string? Name);
