import CDyadKernels
import Foundation

/// Which instruction set the integer kernels use.
public enum KernelLevel: Int32, Sendable, CaseIterable {
    case portable = 0
    case avx2 = 1
    case avx512vnni = 2

    /// The fastest that this machine runs, or the one named by `DYAD_KERNEL` (`portable`, `avx2`, `avx512vnni`) if it
    /// runs it.
    public static let current: KernelLevel = {
        let best = KernelLevel(rawValue: dyad_kernel_level_best()) ?? .portable
        let wanted: KernelLevel? =
            switch ProcessInfo.processInfo.environment["DYAD_KERNEL"] {
            case "portable": .portable
            case "avx2": .avx2
            case "avx512vnni": .avx512vnni
            default: nil
            }
        guard let wanted, wanted.rawValue <= best.rawValue else { return best }
        return wanted
    }()
}
