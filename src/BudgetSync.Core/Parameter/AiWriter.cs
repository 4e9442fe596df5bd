using System.Text.Json;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// Writes what an account's rows say about models, as a row says it: of each budget what its default does not say already, so that fifty principals stay small.
/// </summary>
internal static class AiWriter
{
    public static void Write(Utf8JsonWriter json, AiPolicy? policy)
    {
        if (policy is null) return;
        var ofMany = policy.Default with { Mode = ResponseMode.WATCH, Rate = null, Shared = false };
        json.WriteStartObject(RowAttributes.Ai);
        if (policy.AccountCap is { } cap)
        {
            json.WriteStartObject("AccountCap");
            WriteParts(json, cap, ofMany, limited: true);
            json.WriteEndObject();
        }

        if (policy.AccountDenied) json.WriteBoolean(AiTravelReader.Denied, true);
        if (policy.Default != AiBudget.Default)
        {
            json.WriteStartObject("Default");
            WriteParts(json, policy.Default, AiBudget.Default, limited: false);
            json.WriteEndObject();
        }

        if (policy.DiscountPercent != 0) json.WriteNumber("DiscountPercent", NumberText.Trim(policy.DiscountPercent));
        WriteAll(json, "Models", policy.Models, ofMany with { Grace = AiBudget.Default.Grace }, limited: true);
        if (!policy.Pools.IsEmpty)
        {
            json.WriteStartObject("Pools");
            foreach (var (name, pool) in policy.Pools.OrderBy(pool => pool.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                WriteParts(json, pool.Budget, ofMany, limited: true, pool.Members);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        WriteAll(json, "Principals", policy.Principals, policy.Default, limited: false);
        WriteRequests(json, policy.Requests);
        if (policy.SnoozedThrough is { } day) json.WriteString(AiTravelReader.Snooze, DayText.Format(day));
        if (policy.Stopped) json.WriteBoolean(AiTravelReader.Stopped, true);
        json.WriteEndObject();
    }

    private static void WriteRequests(Utf8JsonWriter json, EquatableArray<AiRequest> requests)
    {
        if (requests.IsEmpty) return;
        json.WriteStartArray(AiTravelReader.Requests);
        foreach (var request in requests)
        {
            json.WriteStartObject();
            json.WriteString("At", InstantText.Format(request.At));
            json.WriteString("By", request.By);
            json.WriteString("Do", request.Kind.ToString());
            json.WriteString("For", request.Subject.Key);
            json.WriteString("Why", request.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, EquatableDictionary<string, AiBudget> budgets, AiBudget otherwise, bool limited)
    {
        if (budgets.IsEmpty) return;
        json.WriteStartObject(name);
        foreach (var (key, budget) in budgets.OrderBy(budget => budget.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(key);
            WriteParts(json, budget, otherwise, limited);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <param name="limited">True where a reader takes no limit from elsewhere.</param>
    private static void WriteParts(Utf8JsonWriter json, AiBudget budget, AiBudget otherwise, bool limited, EquatableSet<string> members = default)
    {
        if (budget.Critical != otherwise.Critical) json.WriteNumber("Critical", NumberText.Trim(budget.Critical));
        if (budget.Grace != otherwise.Grace) json.WriteString("Grace", ResponseRule.Text(budget.Grace));
        if (limited || budget.Limit != otherwise.Limit) json.WriteNumber("Limit", NumberText.Trim(budget.Limit));
        if (!members.IsEmpty) FilterWriter.WriteTexts(json, "Members", members);
        if (budget.Mode != otherwise.Mode) json.WriteString("Mode", budget.Mode.ToString());
        if (budget.Rate != otherwise.Rate) WriteRate(json, budget.Rate);
        if (budget.Shared != otherwise.Shared) json.WriteBoolean("Shared", budget.Shared);
        if (budget.Warn != otherwise.Warn) json.WriteNumber("Warn", NumberText.Trim(budget.Warn));
        if (budget.Window != otherwise.Window) json.WriteString("Window", budget.Window.Text);
    }

    private static void WriteRate(Utf8JsonWriter json, AiRate? rate)
    {
        if (rate is null)
        {
            json.WriteNull("Rate");
            return;
        }

        json.WriteStartObject("Rate");
        if (rate.Rpm is { } calls) json.WriteNumber("Rpm", calls);
        if (rate.Tpm is { } tokens) json.WriteNumber("Tpm", tokens);
        if (rate.WindowSeconds != AiRate.Windows[0]) json.WriteNumber("WindowSeconds", rate.WindowSeconds);
        json.WriteEndObject();
    }
}
