using System.Net;
using System.Net.Sockets;

namespace Bellwether.Client;

/// <summary>
/// Sends a request until it is answered. Everything sent may be sent twice: rows carry their ids, and a definition, plan, reference or
/// close equal to the one in force changes no finding.
/// </summary>
internal sealed class RetryingSender(HttpClient http, BellwetherClientOptions options, TimeProvider time)
{
    private ulong _jitter = options.JitterSeed;

    /// <summary>The body of the first answer of success.</summary>
    /// <param name="request">Makes the request anew for every attempt: a sent one cannot be sent again.</param>
    /// <exception cref="BellwetherException">The server refused, or every attempt failed.</exception>
    public async Task<byte[]> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var message = request();
            TimeSpan? asked = null;
            try
            {
                using var patience = new CancellationTokenSource(options.AttemptTimeout, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
                using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
                byte[] body = await answer.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode) { return body; }
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || attempt >= options.Attempts)
                {
                    throw ProblemAnswer.Read(message.Method, message.RequestUri!, answer.StatusCode, System.Text.Encoding.UTF8.GetString(body));
                }
                asked = Asked(answer);
            }
            catch (HttpRequestException exception) when (IsPassing(exception))
            {
                if (attempt >= options.Attempts) { throw Unreachable(message, attempt, exception); }
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt >= options.Attempts) { throw Unreachable(message, attempt, exception); }
            }
            await Task.Delay(Delay(attempt, asked), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the server may be there in a moment: it starts, restarts, or dropped the connection half-way.</summary>
    private static bool IsPassing(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded
        || exception.InnerException is IOException or SocketException;

    private TimeSpan? Asked(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        double most = Math.Min(options.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1), options.LongestDelay.TotalMilliseconds);
        var own = TimeSpan.FromMilliseconds(most * (1 - 0.5 * NextShare()));
        var wait = asked is { } a && a > own ? a : own;
        return wait < options.LongestDelay ? wait : options.LongestDelay;
    }

    /// <summary>Uniform in [0, 1): one step of SplitMix64 (Steele, Lea, Flood 2014), safe for callers at once.</summary>
    private double NextShare()
    {
        unchecked
        {
            ulong z = Interlocked.Add(ref _jitter, 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
        }
    }

    private static BellwetherException Unreachable(HttpRequestMessage message, int attempts, Exception last) => new(
        $"{message.RequestUri!.GetLeftPart(UriPartial.Authority)} gave no answer to {message.Method} {message.RequestUri.AbsolutePath} in {attempts} attempts: {last.Message}",
        null, "", [], last);
}
