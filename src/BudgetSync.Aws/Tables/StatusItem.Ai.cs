using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Tables;

/// <content>What people want of budgets of models.</content>
internal static partial class StatusItem
{
    private static ItemWriter AiRequest(AiRequest request) => new ItemWriter()
        .Text("For", request.Subject.Key)
        .Text("Do", request.Kind.ToString())
        .Time("At", request.At)
        .Text("By", request.By)
        .Text("Why", request.Why);

    private static AiRequest? AiRequest(ItemReader item) =>
        item.Text("For") is { } key && AiSubject.Parse(key) is { } subject && item.Time("At") is { } at
            ? new AiRequest(subject, item.Word("Do", AiRequestKind.Restore), at, item.Text("By") ?? "", item.Text("Why") ?? "")
            : null;
}
