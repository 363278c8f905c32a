using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Bellwether.Server.Registry;
using Bellwether.Server.Web;
using Bellwether.Storage.Log;
using Microsoft.AspNetCore.Http.Features;

namespace Bellwether.Server.Drift;

/// <summary>The data that a model is compared against.</summary>
internal static class ReferenceEndpoints
{
    private static readonly string[] Roles = ["id", "timestamp", "version", "prediction", "score", "latencySeconds", "error", "outcome", "outcomeTimestamp"];

    public static void MapReference(this IEndpointRouteBuilder model)
    {
        model.MapPut("/reference", SaveAsync).RequireRateLimiting(IngestTurns.Policy)
            .WithTags("drift").WithSummary("Fits a reference from a CSV or Parquet file. Query parameters such as ?timestamp= or ?score= name the columns with a part; so does the plan.")
            .WithFile("application/csv", "text/csv", "application/vnd.apache.parquet", "application/octet-stream")
            .Produces<ReferenceReceipt>().ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);
        model.MapGet("/reference", GetAsync).WithTags("drift").WithSummary("What is known of the reference in force.").Produces<ReferenceReceipt>().ProducesProblem(404);
    }

    internal static async Task<IResult> GetAsync(string model, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        var stored = RequestedModel.Of(context);
        var key = stored.Model;
        return await data.Store.FindReferenceAsync(key, cancellationToken) is { } reference
            ? TypedResults.Json(await InForceAsync(stored, reference, data, cancellationToken), BellwetherJson.Default.ReferenceReceipt)
            : Problems.NotFound($"Model '{key}' has no reference. Send one with: curl -X PUT {context.Request.Scheme}://{context.Request.Host}/v1/models/{key}/reference -H 'Content-Type: application/csv' --data-binary @training.csv");
    }

    internal static async Task<IResult> SaveAsync(
        string model, HttpContext context, DataFolder data, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var stored = RequestedModel.Of(context);
        var request = context.Request;
        if (!ReferenceUpload.Takes(request.ContentType))
        {
            return Problems.UnsupportedContentType($"Send application/csv or application/vnd.apache.parquet; '{request.ContentType}' is not taken here.");
        }
        foreach (string parameter in request.Query.Keys.Where(parameter => parameter != "name" && !Roles.Contains(parameter, StringComparer.Ordinal)))
        {
            return Problems.BadQuery(parameter, $"'{parameter}' is not known here; known are name, {string.Join(", ", Roles)}.");
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = ReferenceUpload.MaximumBytes + 1; }
        var storedPlan = await data.Store.FindPlanAsync(stored.Model, cancellationToken);
        var plan = storedPlan is null ? null : PlanReader.Read(storedPlan.Text).Plan;
        if (CompiledPlan.Compile(stored.Model, stored.Definition, plan, storedPlan?.Revision ?? 0, out var faults) is not { } compiled)
        {
            return Problems.Invalid("invalid-plan", "The plan in force has faults", faults);
        }
        using var upload = await ReferenceUpload.StoreAsync(request.Body, data, cancellationToken);
        if (upload is null) { return Problems.TooLarge($"A reference has at most {ReferenceUpload.MaximumBytes >> 20} MiB."); }
        StoredReference reference;
        LabelledColumns rows;
        try
        {
            rows = await TableFile.ReadAsync(upload.FilePath, RolesOf(request.Query, plan, compiled), null, compiled.Zone, cancellationToken, time.GetUtcNow());
            if (rows.Rows.Count == 0) { return Invalid(new Fault(0, 0, "", "The file has no rows.")); }
            string name = request.Query["name"] is [{ Length: > 0 and <= 256 } given] ? given : "reference";
            reference = await Task.Run(() => ReferenceFitter.Fit(compiled, name, upload.Digest, rows, cancellationToken), cancellationToken);
        }
        catch (TableFileException exception)
        {
            return Invalid(new Fault((int)Math.Min(exception.Line, int.MaxValue), 0, exception.Column, exception.Reason));
        }
        catch (UnusableReferenceException exception)
        {
            return Invalid(new Fault(0, 0, "", exception.Message));
        }
        var saved = await data.Store.SaveReferenceAsync(stored.Model, reference, ModelEndpoints.Actor, time.GetUtcNow(), cancellationToken);
        await data.Log.DeclareColumnsAsync(stored.Model, rows.Rows.Features.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal), cancellationToken);
        await grains.GetGrain<IModelGrain>(stored.Model.Value).ReloadAsync();
        return TypedResults.Json(saved.Receipt, BellwetherJson.Default.ReferenceReceipt);
    }

    // Definition and plan may have moved on since the file was sent: what is said of it is what holds now.
    private static async Task<ReferenceReceipt> InForceAsync(StoredModelDefinition stored, StoredReference reference, DataFolder data, CancellationToken cancellationToken)
    {
        var plan = await data.Store.FindPlanAsync(stored.Model, cancellationToken);
        if (CompiledPlan.Compile(stored.Model, stored.Definition, plan is null ? null : PlanReader.Read(plan.Text).Plan, plan?.Revision ?? 0, out _) is not { } compiled) { return reference.Receipt; }
        var fitted = FittedReference.FromBytes(reference.Fitted);
        return reference.Receipt with
        {
            State = fitted.For(compiled).State,
            Warnings = [.. reference.Receipt.Warnings, .. fitted.ShortcomingsFor(compiled).Except(reference.Receipt.Warnings, StringComparer.Ordinal)],
        };
    }

    private static ColumnRoles RolesOf(IQueryCollection query, Plan? plan, CompiledPlan compiled)
    {
        var columns = plan?.Columns;
        return new ColumnRoles
        {
            Id = Named("id", columns?.Id),
            Timestamp = Named("timestamp", columns?.Timestamp),
            Version = Named("version", columns?.Version),
            Prediction = Named("prediction", columns?.Prediction),
            Score = Named("score", columns?.Score),
            LatencySeconds = Named("latencySeconds", columns?.LatencySeconds),
            Error = Named("error", columns?.Error),
            Outcome = Named("outcome", columns?.Outcome),
            OutcomeTimestamp = Named("outcomeTimestamp", plan?.Outcomes?.Timestamp),
            Features = compiled.WatchedFeatures is [] ? null : [.. compiled.WatchedFeatures],
            Types = compiled.Types,
        };

        string? Named(string role, string? inPlan) => query[role] is [{ Length: > 0 } given] ? given : inPlan;
    }

    private static IResult Invalid(Fault fault) => Problems.Invalid("invalid-reference", "The file cannot be used as a reference", [fault]);
}
