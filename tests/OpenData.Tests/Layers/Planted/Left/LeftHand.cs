using OpenData.Tests.Layers.Planted.Right;

namespace OpenData.Tests.Layers.Planted.Left;

/// <summary>With <see cref="RightHand"/> a circle between two folders, for <see cref="LayerTests"/> to find.</summary>
internal sealed class LeftHand
{
    public List<RightHand> Others { get; } = [];
}
