using System.Net;
using Bellwether.Contracts;

namespace Bellwether.Client;

/// <summary>A server refused a request, or could not be reached after every attempt.</summary>
/// <param name="message">What went wrong, for people.</param>
/// <param name="status">The answer's status; null when no answer came.</param>
/// <param name="problem">The problem's slug such as <c>unknown-model</c>; "" when the answer named none.</param>
/// <param name="faults">Every fault of a document, with its place; empty where there is none.</param>
/// <param name="innerException">The last failure to reach the server.</param>
public sealed class BellwetherException(
    string message, HttpStatusCode? status, string problem, IReadOnlyList<Fault> faults, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The answer's status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The problem's slug such as <c>unknown-model</c>; "" when the answer named none.</summary>
    public string Problem { get; } = problem;

    /// <summary>Every fault of a document, with its place; empty where there is none.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
