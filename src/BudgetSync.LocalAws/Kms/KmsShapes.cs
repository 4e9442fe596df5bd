using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Kms;

/// <summary>The requests of AWS KMS as its service model (2014-11-01) bounds them.</summary>
internal static class KmsShapes
{
    public static Shape GetKeyPolicy { get; } = Members(Required("KeyId", String(1, 2048)), Optional("PolicyName", String(1, 128, @"[\w]+")));
}
