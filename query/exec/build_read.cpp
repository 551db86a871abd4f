// Operators that read the graph.
#include "query/exec/build.h"
#include "query/exec/count_op.h"
#include "query/exec/expand_op.h"
#include "query/exec/expression_nodes.h"
#include "query/exec/path_search_op.h"
#include "query/exec/rel_seek_op.h"
#include "query/exec/row_ops.h"
#include "query/exec/scan_op.h"

namespace maek::query {

LookupParts OperatorBuilder::compile_lookup(const Lookup& lookup) {
    const auto optional = [&](const BoundExpr* expr) { return expr == nullptr ? nullptr : compile(*expr); };
    return {optional(lookup.value), optional(lookup.low), optional(lookup.high)};
}

OperatorPtr OperatorBuilder::build_read(const LogicalOp& op, const SlotSet& needed) {
    switch (op.kind) {
        case LogicalKind::kScan: {
            const auto& scan = static_cast<const LogicalScan&>(op);
            auto made = std::make_unique<ScanOp>(build_input(op, needed), scan, compile_lookup(scan), carried(op, needed),
                                                 slots());
            made->stop_at(answered_);
            return made;
        }
        case LogicalKind::kRelScan: {
            const auto& scan = static_cast<const LogicalRelScan&>(op);
            SlotSet own;
            op.add_defines(own);
            if (scan.seeks()) {
                return std::make_unique<RelSeekOp>(build_input(op, needed), scan, compile_lookup(scan),
                                                   carried(op, needed), (own & needed).list(), slots());
            }
            return std::make_unique<RelScanOp>(build_input(op, needed), scan, carried(op, needed),
                                               (own & needed).list(), slots());
        }
        case LogicalKind::kExpand: {
            const auto& expand = static_cast<const LogicalExpand&>(op);
            auto made = std::make_unique<ExpandOp>(build_input(op, needed), expand, carried(op, needed),
                                                   needed.has(expand.rel), needed.has(expand.to), slots());
            made->stop_at(answered_);
            return made;
        }
        case LogicalKind::kExpandInto: {
            const auto& expand = static_cast<const LogicalExpandInto&>(op);
            return std::make_unique<ExpandIntoOp>(build_input(op, needed), expand, carried(op, needed),
                                                  slots());
        }
        case LogicalKind::kRelEnds: {
            const auto& ends = static_cast<const LogicalRelEnds&>(op);
            return std::make_unique<RelEndsOp>(build_input(op, needed), ends, carried(op, needed), slots());
        }
        case LogicalKind::kNamedPath: {
            const auto& named = static_cast<const LogicalNamedPath&>(op);
            if (!needed.has(named.slot)) return build(op.child(), needed);
            std::vector<ProjectOp::Item> items;
            items.push_back({named.slot, make_path_value(named.parts)});
            return std::make_unique<ProjectOp>(build_input(op, needed), std::move(items));
        }
        case LogicalKind::kPathSearch: {
            const auto& search = static_cast<const LogicalPathSearch&>(op);
            return make_path_search(*this, build_input(op, needed), search, carried(op, needed), needed);
        }
        case LogicalKind::kCountExpand:
            return std::make_unique<CountExpandOp>(build_input(op, needed),
                                                   static_cast<const LogicalCountExpand&>(op), carried(op, needed));
        case LogicalKind::kCountIntersect:
            return std::make_unique<CountIntersectOp>(
                build_input(op, needed), static_cast<const LogicalCountIntersect&>(op), carried(op, needed));
        case LogicalKind::kCountOnly:
            return std::make_unique<CountOnlyOp>(static_cast<const LogicalCountOnly&>(op));
        case LogicalKind::kDistinctEnds:
            return std::make_unique<DistinctEndsOp>(build_input(op, needed),
                                                    static_cast<const LogicalDistinctEnds&>(op),
                                                    carried(op, needed), slots());
        default: break;
    }
    MAEK_CHECK(false, "not a step that reads the graph");
}

}  // namespace maek::query
