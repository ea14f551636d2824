"""The vocabulary: column names, units and enumerations used in code, prose, columns and files."""

from segkit.words.labelled import Term

# Columns of the customer table (one row a customer). The unit is in the name.
CUSTOMER_ID = "customer_id"
RECENCY_DAYS = "recency_days"
FREQUENCY = "frequency"
MONETARY_TOTAL = "monetary_total"
MONETARY_MEAN = "monetary_mean"
TENURE_DAYS = "tenure_days"
FIRST_DATE = "first_date"

# Columns of a segmentation.
SEGMENT_ID = "segment_id"
SEGMENT_NAME = "segment_name"
INDEX_VS_BASE = "index_vs_base"

MIN_CUSTOMERS = 30
"""Fewest customers for which the workbook forms segments at all."""

SMALL_GROUP = 5
"""Groups of fewer customers than this are never shown in a report (privacy)."""

MAX_SEGMENTS = 8
"""More segments than this no small business can serve apart."""


class Step(Term):
    """The six steps of the tutorial, in order."""

    GOALS = "goals", "Goals"
    DATA = "data", "Data"
    CRITERIA = "criteria", "Criteria"
    PROFILES = "profiles", "Profiles"
    TARGETING = "targeting", "Targeting"
    REVIEW = "review", "Review"


class CustomerKind(Term):
    """Whom the business sells to."""

    CONSUMER = "consumer", "Consumers (people and households)"
    BUSINESS = "business", "Businesses (firms and institutions)"


class BusinessSize(Term):
    """How many people work in the business."""

    SOLO = "solo", "Just me"
    MICRO = "micro", "2 to 9 people"
    SMALL = "small", "10 to 49 people"
    MEDIUM = "medium", "50 to 249 people"
    LARGE = "large", "250 people or more"


class Industry(Term):
    """Line of business of the user."""

    FOOD = "food", "Food and drink"
    RETAIL = "retail", "Shop or web shop"
    HOSPITALITY = "hospitality", "Restaurant, café or hotel"
    WHOLESALE = "wholesale", "Wholesale and distribution"
    MANUFACTURING = "manufacturing", "Manufacturing"
    CRAFTS = "crafts", "Crafts and repairs"
    HEALTH = "health", "Health, beauty and fitness"
    PROFESSIONAL = "professional", "Professional services"
    EDUCATION = "education", "Education and training"
    CULTURE = "culture", "Culture, sport and clubs"
    SOFTWARE = "software", "Software and online services"
    OTHER = "other", "Something else"


class GoalReason(Term):
    """Common reasons to segment customers."""

    KEEP = "keep", "Keep the customers we have"
    WIN_BACK = "win_back", "Win back customers who have gone quiet"
    GROW_VALUE = "grow_value", "Sell more, or a wider range, to existing customers"
    FIND_NEW = "find_new", "Find new customers who resemble our best ones"
    MESSAGE = "message", "Say the right thing to the right people"
    CHANNEL = "channel", "Reach people on the channels they really use"
    PRODUCT = "product", "Improve or develop products for a group's needs"
    PRICE = "price", "Set prices and offers that fit"
    SERVICE = "service", "Give each group the service it needs and pays for"
    BUDGET = "budget", "Spend a small budget where it pays most"
    NICHE = "niche", "Find a niche we can serve better than others"
    FOCUS = "focus", "Decide whom not to chase"


class SegmentAtAll(Term):
    """Answers to "should we segment at all?"."""

    YES = "yes", "Yes, we will segment"
    NOT_NOW = "not_now", "Not now: treat all customers alike"


class KnockOut(Term):
    """Criteria a segment must meet, or it is no segment (Dolnicar, Grün, Leisch 2018, step 2)."""

    HOMOGENEOUS = "homogeneous", "Its members resemble one another"
    DISTINCT = "distinct", "It differs clearly from the other segments"
    LARGE_ENOUGH = "large_enough", "It is large enough to be worth a plan of its own"
    MATCHES_STRENGTHS = "matches_strengths", "We can give it what it needs"
    IDENTIFIABLE = "identifiable", "We can tell who belongs to it"
    REACHABLE = "reachable", "We can reach it"


class Attractiveness(Term):
    """Criteria that make one segment more attractive than another; weighed, not required."""

    VALUE = "value", "Value: how much its customers spend in total"
    GROWTH = "growth", "Growth: many of its customers are new"
    PROFIT = "profit", "Profit: what is left after costs"
    LOYALTY = "loyalty", "Loyalty: it comes back"
    EASE = "ease", "Ease: cheap to reach and serve"
    FIT = "fit", "Fit: suits what we stand for"


class Base(Term):
    """A segmentation base: the kind of attribute by which customers are told apart."""

    GEOGRAPHIC = "geographic", "Where they are (geographic)"
    DEMOGRAPHIC = "demographic", "Who they are (demographic)"
    PSYCHOGRAPHIC = "psychographic", "What they think and value (psychographic)"
    BEHAVIOURAL = "behavioural", "What they do (behavioural)"
    FIRMOGRAPHIC = "firmographic", "What kind of firm they are (firmographic)"

    @property
    def plain(self) -> str:
        """What it tells, in the middle of a sentence and without its term: "where they are"."""
        return (self.label[:1].lower() + self.label[1:]).partition(" (")[0]


class FileKind(Term):
    """What one row of a file stands for, and what the file is for."""

    ORDERS = "orders", "Orders or order lines"
    CUSTOMERS = "customers", "Customers"
    SURVEY = "survey", "Survey answers"
    CONTACTS = "contacts", "Contacts by channel"


class Grain(Term):
    """What one row of the main file stands for."""

    ORDER_LINE = "order_line", "one row per order line"
    ORDER = "order", "one row per order"
    CUSTOMER = "customer", "one row per customer"


class Role(Term):
    """What a column is taken for."""

    CUSTOMER = "customer", "Customer number or name"
    ORDER = "order", "Order or invoice number"
    DATE = "date", "Date of the order"
    QUANTITY = "quantity", "Quantity"
    PRICE = "price", "Price per item"
    AMOUNT = "amount", "Amount of money"
    PRODUCT = "product", "Product or category"
    ORDER_TOTAL = "order_total", "Total of the whole order (counted once)"
    DISCOUNT = "discount", "Discount (deducted from the amount)"
    REFUND = "refund", "Refund (deducted from the amount)"
    CURRENCY = "currency", "Currency"
    EMAIL = "email", "E-mail address (identifies customers, never shown)"
    STATUS = "status", "Order status"
    CANCELLED_ON = "cancelled_on", "Cancellation date (filled in only for cancelled orders)"
    CHANNEL = "channel", "Sales or contact channel"
    RECENCY = "recency", "Days since the last order"
    FREQUENCY = "frequency", "Number of orders"
    MARGIN = "margin", "Margin in money"
    NUMBER = "number", "A number that describes the customer"
    CATEGORY = "category", "A category that describes the customer"
    LEAK = "leak", "A segment, score or forecast (not used to form segments)"
    PERSONAL = "personal", "Personal data (never shown)"
    FREE_TEXT = "free_text", "Free text (not used)"
    CONSTANT = "constant", "Always the same (not used)"
    IGNORE = "ignore", "Not used"


class CleaningRule(Term):
    """Rules that set rows aside; a row is counted under the first rule that it meets, in this order."""

    TOTAL_ROW = "total_row", "Totals row (“Total”, “Summe” …)"
    IN_TWO_FILES = "in_two_files", "Also appears in a later file"
    NO_CUSTOMER = "no_customer", "No customer named"
    TEST_ACCOUNT = "test_account", "Test account"
    DATE_UNREADABLE = "date_unreadable", "Date missing or unreadable"
    DATE_AFTER_AS_OF = "date_after_as_of", "After the analysis date"
    DATE_BEFORE_1970 = "date_before_1970", "Dated before 1970"
    OTHER_CURRENCY = "other_currency", "In another currency"
    CANCELLED = "cancelled", "Cancelled order or credit note"
    NOT_A_SALE = "not_a_sale", "Not a sale (unpaid, failed, a draft, a view or a cart)"
    RETURNED = "returned", "Return (quantity or amount below zero)"
    PRICE_NOT_POSITIVE = "price_not_positive", "Price of zero or below"
    AMOUNT_UNREADABLE = "amount_unreadable", "Amount missing or unreadable"
    OUTLIER = "outlier", "Over 1 % of all revenue and 100 times a typical (median) line"
    DUPLICATE_ROW = "duplicate_row", "Exact copy of another row"


class Severity(Term):
    """How much a sign of damage in a file matters."""

    SERIOUS = "serious", "Serious: results would be wrong"
    WARNING = "warning", "To check"
    NOTE = "note", "Good to know"


class SaleMeaning(Term):
    """What the state of an order says about its money."""

    SALE = "sale", "Sale"
    NO_SALE = "no_sale", "No sale"
    RETURNED = "returned", "Return"


class Method(Term):
    """How the segments are formed."""

    BY_HAND = "by_hand", "By hand: bands of one to three attributes"
    RFM = "rfm", "RFM: how recently, how often and for how much they buy"
    K_MEANS = "k_means", "From the data: groups of similar customers (k-means)"
    LATENT_CLASS = "latent_class", "From the data: groups who give similar answers (latent class)"
    HIERARCHICAL = "hierarchical", "From the data: a tree of how groups join (hierarchical)"

    @property
    def found(self) -> bool:
        """Whether the segments are found in the data, and not drawn by a rule."""
        return self in {Method.K_MEANS, Method.LATENT_CLASS, Method.HIERARCHICAL}


class Scaling(Term):
    """How numbers of different units are made comparable before like customers are looked for."""

    STANDARD = "standard", "By their usual spread (standard deviation)"
    RANGE = "range", "By their range, from smallest to largest"
    NONE = "none", "Not at all: large numbers count most"


class Banding(Term):
    """How the bands of an attribute are cut."""

    EQUAL_COUNT = "equal_count", "Equal numbers of customers"
    EQUAL_WIDTH = "equal_width", "Equal steps"
    NATURAL = "natural", "Natural breaks: cut where there are few customers"
    OWN = "own", "My own thresholds"


class RfmBins(Term):
    """How the scores of RFM compare customers."""

    INDEPENDENT = "independent", "With all customers"
    NESTED = "nested", "With those who bought about as recently, then about as often"


class RfmMoney(Term):
    """What stands for money in RFM."""

    TOTAL = "total", "Total spend"
    MEAN = "mean", "Spend per order"
    MARGIN = "margin", "Margin: what was earned on it"


class Verdict(Term):
    """How far a segmentation may be trusted (after Dolnicar, Grün, Leisch 2018, section 3.3)."""

    NATURAL = "natural", "Natural: the segments exist in the data, with valleys between them"
    REPRODUCIBLE = "reproducible", "Reproducible: found again and again, though not natural"
    CONSTRUCTED = "constructed", "Constructed: drawn for a purpose; other lines would do as well"
    NONE = "none", "None: there are no segments in these variables"
    TOO_FEW = "too_few", "Too few customers to segment"


class Channel(Term):
    """Where a business and its customers meet."""

    SHOP = "shop", "Shop"
    WEB_SHOP = "web_shop", "Web shop"
    EMAIL = "email", "E-mail"
    PHONE = "phone", "Telephone"
    POST = "post", "Post"
    SOCIAL = "social", "Social media"
    SEARCH = "search", "Search and advertising online"
    SALES_VISIT = "sales_visit", "Sales visit"
    TRADE_FAIR = "trade_fair", "Trade fair"
    MARKET = "market", "Market or event"
    PARTNER = "partner", "Partner or dealer"
    MESSENGER = "messenger", "Messenger"


class BuyingStage(Term):
    """Where a customer stands in the buying journey."""

    UNAWARE = "unaware", "Does not know us yet"
    AWARE = "aware", "Knows us"
    CONSIDERING = "considering", "Compares us with others"
    FIRST_ORDER = "first_order", "Has bought once"
    REPEAT = "repeat", "Comes back"
    ADVOCATE = "advocate", "Recommends us"
    LAPSED = "lapsed", "Has gone quiet"


class Evidence(Term):
    """Where an entry of a persona comes from: filled-in guesses must be told apart from knowledge."""

    DATA = "data", "From our data"
    INTERVIEW = "interview", "From talking to customers"
    GUESS = "guess", "A guess, to be checked"


class Adjustment(Term):
    """What to do after a review."""

    KEEP = "keep", "Keep the segments as they are"
    RETARGET = "retarget", "Keep the segments, change whom we target"
    REDRAW = "redraw", "Form the segments afresh with the new data"
    COLLECT = "collect", "Collect what is missing first"
