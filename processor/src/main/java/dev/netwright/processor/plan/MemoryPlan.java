package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives buffers that are never needed at the same time the same memory: largest first, each at the lowest free offset.
 */
final class MemoryPlan {
    /**
     * A request for memory.
     *
     * @param buffer who lies there
     * @param first the first moment it is needed
     * @param last the last
     */
    record Request(Buffer buffer, int first, int last) {
        int size() {
            return buffer.size();
        }

        boolean overlaps(Request other) {
            return first <= other.last && other.first <= last;
        }
    }

    /** A request and where it was put. */
    record Slot(Request request, int offset) {
        int end() {
            return Math.addExact(offset, request.size());
        }

        boolean meets(Slot other) {
            return offset < other.end() && other.offset < end();
        }
    }

    /** By offset; those at the same one in the order in which they were put there. */
    private final List<Slot> slots = new ArrayList<>();

    private final Map<Integer, Slot> byId = new HashMap<>();
    private final Set<Integer> shared = new HashSet<>();

    MemoryPlan(List<Request> requests) {
        List<Request> order = new ArrayList<>(requests);
        order.sort(Comparator.comparingInt(Request::size).reversed().thenComparingInt(Request::first));
        for (Request request : order) {
            put(new Slot(request, lowestFree(request)));
        }
        noteShared();
    }

    private int lowestFree(Request request) {
        int offset = 0;
        for (Slot slot : slots) {
            if (slot.request().overlaps(request)) {
                if (slot.offset() - offset >= request.size()) {
                    break;
                }
                offset = Math.max(offset, slot.end());
            }
        }
        return offset;
    }

    private void put(Slot slot) {
        int low = 0;
        int high = slots.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (slots.get(middle).offset() <= slot.offset()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        slots.add(low, slot);
        byId.put(slot.request().buffer().id(), slot);
    }

    private void noteShared() {
        Slot farthest = null;
        for (Slot slot : slots) {
            if (farthest != null && farthest.meets(slot)) {
                shared.add(farthest.request().buffer().id());
                shared.add(slot.request().buffer().id());
            }
            farthest = farthest == null || slot.end() > farthest.end() ? slot : farthest;
        }
    }

    int offset(Buffer buffer) {
        return slot(buffer).offset();
    }

    /** Whether some other buffer was given part of the same memory. */
    boolean isShared(Buffer buffer) {
        return shared.contains(slot(buffer).request().buffer().id());
    }

    /** Whether nothing else is written to the buffer's memory from its first moment to another one. */
    boolean survives(Buffer buffer, int moment) {
        Slot own = slot(buffer);
        if (!isShared(buffer)) {
            return true;
        }
        for (Slot other : slots) {
            boolean before = other.request().last() < own.request().first();
            if (other != own && other.meets(own) && !before && other.request().first() <= moment) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return slots.stream().mapToInt(Slot::end).max().orElse(0);
    }

    List<Slot> slots() {
        return List.copyOf(slots);
    }

    private Slot slot(Buffer buffer) {
        Slot slot = byId.get(buffer.id());
        if (slot == null) {
            throw new IllegalStateException("no step touches " + buffer);
        }
        return slot;
    }
}
