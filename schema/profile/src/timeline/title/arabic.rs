use super::{Facts, amount, filed, flight, law};
use crate::timeline::facts::{ClaimOpened, InteractionRecorded, JourneyDisrupted, OrderFacts};

pub(super) fn title(facts: &Facts, locale: &str) -> String {
    match facts {
        Facts::JourneyDisrupted(facts) => disrupted(facts),
        Facts::OrderPlaced(facts) => format!(
            "تم إنشاء الطلب {} بمبلغ {}",
            facts.record_locator,
            total(facts, locale)
        ),
        Facts::OrderChanged(facts) => format!(
            "تم تعديل الطلب {}، الإجمالي {}",
            facts.record_locator,
            total(facts, locale)
        ),
        Facts::OrderCancelled(facts) => cancelled(facts, locale),
        Facts::PurchaseMade(facts) => format!(
            "عملية شراء بمبلغ {}",
            amount(facts.total_minor, &facts.currency, locale)
        ),
        Facts::ClaimOpened(facts) => claim(facts, locale),
        Facts::ClaimFiled(facts) => match filed(facts, locale) {
            Some(amount) => format!("تم تقديم مطالبة بمبلغ {amount}"),
            None => "تم تقديم مطالبة".to_owned(),
        },
        Facts::ClaimChanged(facts) => format!(
            "تم تحديث المطالبة بمبلغ {}",
            amount(facts.amount_minor, &facts.currency, locale)
        ),
        Facts::CaseOpened(facts) => format!("تم فتح الحالة {}", facts.reference),
        Facts::CaseChanged(facts) => format!("تم تحديث الحالة {}", facts.reference),
        Facts::CaseCommented(facts) => format!("رسالة جديدة في الحالة {}", facts.reference),
        Facts::ClaimLinked(_) => "أُلحقت مطالبة بحالة".to_owned(),
        Facts::BaggageReported(facts) => format!("تم تسجيل بلاغ الأمتعة {}", facts.reference),
        Facts::BaggageChanged(facts) => format!("تم تحديث بلاغ الأمتعة {}", facts.reference),
        Facts::BaggageComplaintDue(facts) => {
            format!("بلاغ الأمتعة {}: اقترب آخر يوم للشكوى", facts.reference)
        }
        Facts::BaggageDeemedLost(facts) => {
            format!("يمكن اعتبار أمتعة البلاغ {} مفقودة", facts.reference)
        }
        Facts::BaggageExpenseAdded(facts) => {
            format!("تم تسجيل مصروف لبلاغ الأمتعة {}", facts.reference)
        }
        Facts::CustomerCreated(_) => "تم إنشاء ملف العميل".to_owned(),
        Facts::CustomerUpdated(_) => "تم تحديث الملف الشخصي".to_owned(),
        Facts::InteractionRecorded(facts) => interaction(facts).to_owned(),
    }
}

fn total(facts: &OrderFacts, locale: &str) -> String {
    amount(facts.total_minor, &facts.currency, locale)
}

fn cancelled(facts: &OrderFacts, locale: &str) -> String {
    let refund = facts
        .refund_minor
        .map(|refund| amount(refund, &facts.currency, locale));
    match refund {
        Some(refund) => format!(
            "تم إلغاء الطلب {}، وسيُسترد مبلغ {refund}",
            facts.record_locator
        ),
        None => format!("تم إلغاء الطلب {}", facts.record_locator),
    }
}

fn disrupted(facts: &JourneyDisrupted) -> String {
    let (flight, destination) = (flight(&facts.flight_designator), &facts.destination.iata);
    let minutes = facts
        .arrival_delay_minutes
        .or(facts.departure_delay_minutes)
        .filter(|minutes| *minutes > 0);
    let what = match (facts.kind.as_str(), minutes) {
        ("CANCELLATION", _) => format!("تم إلغاء الرحلة {flight} إلى {destination}"),
        ("DIVERSION", _) => format!("تم تحويل مسار الرحلة {flight} إلى {destination}"),
        (_, Some(minutes)) => format!(
            "تأخرت الرحلة {flight} إلى {destination} لمدة {}",
            duration(minutes)
        ),
        (_, None) => format!("تأخرت الرحلة {flight} إلى {destination}"),
    };
    if facts.missed_connection {
        format!("{what}، وفاتت رحلة المواصلة")
    } else {
        what
    }
}

fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} د"),
        (hours, 0) => format!("{hours} س"),
        (hours, minutes) => format!("{hours} س و{minutes} د"),
    }
}

fn claim(facts: &ClaimOpened, locale: &str) -> String {
    let what = if facts.entitlement_kind == "REFUND" {
        "طلب استرداد بمبلغ"
    } else {
        "مطالبة بمبلغ"
    };
    let amount = amount(facts.amount_minor, &facts.currency, locale);
    let review = if facts.needs_review {
        "، قيد المراجعة"
    } else {
        ""
    };
    format!(
        "{what} {amount} بموجب {}{review}",
        law(&facts.regime, &facts.basis)
    )
}

fn interaction(facts: &InteractionRecorded) -> &'static str {
    match facts.kind.as_str() {
        "CALL" => "مكالمة هاتفية",
        "EMAIL" => "رسالة بريد إلكتروني",
        "CHAT" => "محادثة",
        "SOCIAL" => "رسالة عبر شبكات التواصل",
        "LOUNGE" => "زيارة صالة الانتظار",
        "CHECKIN" => "تسجيل السفر",
        "INFLIGHT_RETAIL" => "عملية بيع على متن الطائرة",
        "CHAUFFEUR" => "خدمة السائق",
        "BAGGAGE" => "تواصل بشأن الأمتعة",
        "WEB" => "زيارة الموقع",
        _ => "تواصل",
    }
}
