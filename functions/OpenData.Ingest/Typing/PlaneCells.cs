using OpenData.Ingest.Parquet;
using OpenData.Ingest.Places;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>Computes the latitude or the longitude of points whose coordinates in the plane are in two columns.</summary>
/// <param name="target">Takes the degrees.</param>
/// <param name="point">The two columns.</param>
/// <param name="isLatitude">Which of both it is.</param>
internal sealed class PlaneCells(DoubleColumn target, PlanePoint point, bool isLatitude) : TypedColumn(new ColumnFormat(FieldType.Double))
{
    /// <summary>Digits of a degree that are a tenth of a millimetre.</summary>
    private const int DegreeDigits = 9;

    /// <inheritdoc/>
    public override ParquetColumn Target => target;

    /// <inheritdoc/>
    public override void Add(RowBatch batch, int column, ICollection<(int Row, int Column)> refused)
    {
        Span<int> presence = stackalloc int[batch.Rows];
        var room = target.Room(presence.Length);
        var values = 0;
        for (var row = 0; row < presence.Length; row++)
        {
            var (x, y) = (batch.Place(row, point.Easting), batch.Place(row, point.Northing));
            if (batch.IsAbsent(x) || batch.IsAbsent(y) || !PlaneFields.TryRead(x.In(batch.Buffer), out var easting)
                || !PlaneFields.TryRead(y.In(batch.Buffer), out var northing))
            {
                continue;
            }

            var place = point.System.ToWgs84(easting, northing);
            if (!PlaneSystem.IsInKorea(place))
                continue;

            presence[row] = 1;
            room[values++] = Math.Round(isLatitude ? place.Latitude : place.Longitude, DegreeDigits);
        }

        target.AddRows(presence, values);
    }
}
