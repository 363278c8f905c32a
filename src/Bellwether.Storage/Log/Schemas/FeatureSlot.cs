using System.Text;
using Bellwether.Contracts.Registry;

namespace Bellwether.Storage.Log.Schemas;

/// <summary>Where a feature's values lie in a stored row.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Type">Numbers lie in the row's list of numbers; text, booleans and vectors (as JSON) in its list of texts.</param>
/// <param name="Slot">Position in that list, from 0; never given to another feature.</param>
/// <param name="Since">The first schema version that has it.</param>
/// <param name="Until">The first schema version that no longer has it; null while it is in force.</param>
internal sealed record FeatureSlot(string Name, FeatureType Type, int Slot, int Since, int? Until = null)
{
    public bool IsNumber => Type == FeatureType.Number;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    public bool IsIn(int version) => Since <= version && (Until is not { } until || version < until);
}
