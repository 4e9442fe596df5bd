using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Responses;

/// <summary>
/// What the functions of an account answered when they were asked themselves. Reports come as events, and whoever may put events on the account's bus can make
/// one up; a function's answer comes from the function alone. So what events say may restrict their own account, and frees it only where the answer agrees.
/// </summary>
public abstract record SpokeWord
{
    private SpokeWord()
    {
    }

    /// <summary>Nobody has asked: nothing ends for what events say, and the decision says whether to ask.</summary>
    public sealed record NotAsked : SpokeWord;

    /// <summary>What is known is no event's word: a replay of history.</summary>
    public sealed record NotNeeded : SpokeWord;

    /// <summary>They answered.</summary>
    /// <param name="Report">Of Apply, a look of this moment.</param>
    /// <param name="Models">Of Meter; null where it was not asked, or has nothing to tell.</param>
    public sealed record Said(Report Report, AiReport? Models) : SpokeWord;

    /// <summary>They did not answer.</summary>
    public sealed record Silent(string Why) : SpokeWord;
}
