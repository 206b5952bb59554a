using OpenData.Tests.Layers.Planted.Left;

namespace OpenData.Tests.Layers.Planted.Right;

/// <summary>Uses <see cref="LeftHand"/> in a body only, where no signature tells.</summary>
internal sealed class RightHand
{
    public static object Other() => new LeftHand();
}
