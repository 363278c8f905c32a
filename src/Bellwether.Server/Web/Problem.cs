using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>What went wrong with a request, as RFC 9457 problem details.</summary>
/// <param name="Type"><c>/problems/&lt;slug&gt;</c>: stable, for programs.</param>
/// <param name="Title">The kind of problem in a few words.</param>
/// <param name="Detail">This problem and what would be right, for people.</param>
/// <param name="Errors">Every fault of a document, where there is one.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, IReadOnlyList<Fault>? Errors = null);
