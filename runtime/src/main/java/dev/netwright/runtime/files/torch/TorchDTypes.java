package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;
import java.util.Map;

/** PyTorch's names of element types. */
final class TorchDTypes {
    private static final Map<String, DType> STORAGES = Map.ofEntries(
            Map.entry("FloatStorage", DType.F32),
            Map.entry("DoubleStorage", DType.F64),
            Map.entry("HalfStorage", DType.F16),
            Map.entry("BFloat16Storage", DType.BF16),
            Map.entry("LongStorage", DType.I64),
            Map.entry("IntStorage", DType.I32),
            Map.entry("ShortStorage", DType.I16),
            Map.entry("CharStorage", DType.I8),
            Map.entry("ByteStorage", DType.U8),
            Map.entry("BoolStorage", DType.BOOL),
            Map.entry("ComplexFloatStorage", DType.C64));

    /** Types without a storage class of their own: tensors of untyped storages name them. */
    private static final Map<String, DType> DTYPES = Map.of(
            "uint16", DType.U16,
            "uint32", DType.U32,
            "uint64", DType.U64,
            "float8_e4m3fn", DType.F8_E4M3,
            "float8_e5m2", DType.F8_E5M2,
            "float8_e8m0fnu", DType.F8_E8M0,
            "float8_e4m3fnuz", DType.F8_E4M3FNUZ,
            "float8_e5m2fnuz", DType.F8_E5M2FNUZ);

    /** Bytes of one element of storages whose types have no counterpart, which older files only let be passed over. */
    private static final Map<String, Integer> FOREIGN = Map.of(
            "ComplexDoubleStorage", 16,
            "QInt8Storage", 1,
            "QUInt8Storage", 1,
            "QInt32Storage", 4,
            "QUInt4x2Storage", 1,
            "QUInt2x4Storage", 1);

    static final String UNTYPED = "UntypedStorage";

    private TorchDTypes() {}

    /** The elements of a storage class; null if unknown. */
    static DType ofStorage(String name) {
        return STORAGES.get(name);
    }

    /** Bytes of one element of a storage class without a counterpart; 0 if unknown. */
    static int foreignWidth(String name) {
        return FOREIGN.getOrDefault(name, 0);
    }

    /** The type that {@code _rebuild_tensor_v3} names; null if unknown. */
    static DType ofDType(String name) {
        return DTYPES.get(name);
    }

    /** The storage class of a type; null if it has none. */
    static String storageOf(DType dtype) {
        return nameOf(STORAGES, dtype);
    }

    /** The name of a type without a storage class; null if PyTorch has no such type. */
    static String dtypeOf(DType dtype) {
        return nameOf(DTYPES, dtype);
    }

    private static String nameOf(Map<String, DType> names, DType dtype) {
        for (Map.Entry<String, DType> entry : names.entrySet()) {
            if (entry.getValue() == dtype) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** What is swapped in a big-endian file: a complex number's two parts are swapped apart. */
    static int swapped(DType dtype) {
        return dtype == DType.C64 ? 4 : dtype.bits() / 8;
    }
}
